import type { Metadata } from "next";
import { connection } from "next/server";
import { OpenLinkForm } from "@/components/person/open-link-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LinkButton } from "@/components/ui/link-button";
import { previewPersonLink } from "@/lib/usecases/open-person-link-preview";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { openLinkAction } from "./actions";

export const metadata: Metadata = { title: "Open your page", robots: { index: false, follow: false } };

const closed = {
  used: { title: "This link was used already", description: "Each link works once. Ask for a new one; it takes a moment." },
  expired: { title: "This link has run out", description: "For your safety links last a short while. Ask for a new one; it takes a moment." },
  unknown: { title: "This link is not known", description: "Check that it is complete, or ask for a new one." },
} as const;

export default async function OpenLinkPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const [state, { name }] = await Promise.all([previewPersonLink(token), showOrganisation()]);
  if (state !== "open") {
    return (
      <AuthFrame organisation={name} {...closed[state]}>
        <LinkButton variant="primary" size="lg" full href="/me/sign-in">Ask for a new link</LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      organisation={name}
      title="Your page is ready"
      description={`See what ${name} may do with your data, answer its questions, and change your mind.`}
      footer="This link works once, and only you should have it."
    >
      <OpenLinkForm action={openLinkAction} token={token} />
    </AuthFrame>
  );
}
