import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { connection } from "next/server";
import { JoinForm } from "@/components/staff/join-form";
import { roleWords } from "@/components/staff/role-words";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LinkButton } from "@/components/ui/link-button";
import type { InvitationView } from "@/lib/contract/staff";
import { Refusal } from "@/lib/domain/refusal";
import { showInvitation } from "@/lib/usecases/show-invitation";
import { joinAction } from "./actions";

export const metadata: Metadata = { title: "Join" };

const titles: Partial<Record<Refusal["code"], string>> = { "link-used": "Already used", "link-expired": "This link no longer works" };

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const found = await open(token);
  if (found instanceof Refusal) {
    return (
      <AuthFrame title={titles[found.code] ?? "This link is not known"} description={found.message}>
        <LinkButton variant="primary" href="/sign-in">Go to sign-in</LinkButton>
      </AuthFrame>
    );
  }
  const { email, role, organisation } = found;
  return (
    <AuthFrame
      organisation={organisation}
      title={email === null ? "Welcome to Handshake" : "Join the team"}
      description={
        email === null ? (
          "You are the first here. Your account looks after the team and the settings; invite the others next."
        ) : (
          <>
            You sign in with <strong className="font-medium text-ink [overflow-wrap:anywhere]">{email}</strong>, as {roleWords[role].name.toLowerCase()}. {roleWords[role].does}
          </>
        )
      }
    >
      <JoinForm action={joinAction} token={token} requestId={randomUUID()} email={email} />
    </AuthFrame>
  );
}

/** The invitation, or why the link does not open it. */
async function open(token: string): Promise<InvitationView | Refusal> {
  try {
    return await showInvitation(token);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
