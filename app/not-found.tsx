import { type Metadata } from "next";
import { connection } from "next/server";
import { LinkButton } from "@/components/ui/link-button";
import { MessageFrame } from "@/components/shell/message-frame";

export const metadata: Metadata = { title: "Not found" };

/** 404: nothing lives at this address, or it is not for this reader. */
export default async function NotFound() {
  // Made for each request: a page made in advance could not carry the nonce its scripts need.
  await connection();
  return (
    <MessageFrame
      eyebrow="Not found"
      title="There is nothing at this address"
      actions={
        <>
          <LinkButton variant="primary" href="/">Go to the start</LinkButton>
          <LinkButton href="/policies">Read the policies</LinkButton>
        </>
      }
    >
      <p>It may have been moved, or the link may have lost a part on its way. Check the address, or begin again from the start.</p>
    </MessageFrame>
  );
}
