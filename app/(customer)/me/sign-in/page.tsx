import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LinkRequestForm } from "@/components/person/link-request-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { Notice } from "@/components/ui/notice";
import { currentPerson } from "@/lib/delivery/web/session";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { requestLinkAction } from "./actions";

export const metadata: Metadata = { title: "Ask for your link" };

export default async function PersonSignInPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  if (await currentPerson()) redirect("/me");
  const { name } = await showOrganisation();
  return (
    <AuthFrame
      organisation={name}
      title="Your page"
      description="See and change what may be done with your data. No password: we send you a link."
      footer="We use your address for this link only, and it costs you nothing."
    >
      {done === "signed-out" ? <Notice tone="success" result>You are signed out.</Notice> : null}
      <LinkRequestForm action={requestLinkAction} />
    </AuthFrame>
  );
}
