import { type Metadata } from "next";
import { LinkButton } from "@/components/ui/link-button";
import { MessageFrame } from "@/components/shell/message-frame";

export const metadata: Metadata = { title: "Not found" };

/** 404: nothing lives at this address, or it is not for this reader. */
export default function NotFound() {
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
