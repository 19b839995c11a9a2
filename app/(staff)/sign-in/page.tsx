import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/staff/sign-in-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { Notice } from "@/components/ui/notice";
import { returnPath } from "@/lib/contract/staff";
import { currentStaff } from "@/lib/delivery/web/session";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Query = Promise<{ returnTo?: string | string[]; done?: string | string[]; error?: string | string[] }>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const { returnTo, done, error } = await searchParams;
  const after = returnPath.parse(returnTo);
  if (await currentStaff()) redirect(after);
  const { name } = await showOrganisation();
  return (
    <AuthFrame
      organisation={name}
      title="Sign in"
      description="For the people who keep the policies and permissions."
      footer="No account yet, or the password is gone? An admin of your organisation can send you a new link."
    >
      {done === "signed-out" ? <Notice tone="success" result>You are signed out.</Notice> : null}
      {error === undefined ? null : <Notice tone="danger" result>Signing in did not work. Check the e-mail address and the password, and try again.</Notice>}
      <SignInForm action={signInAction} returnTo={after} />
    </AuthFrame>
  );
}
