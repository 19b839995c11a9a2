"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { notAvailable } from "@/lib/contract/not-available";
import { MessageFrame } from "./message-frame";

/** The number under which the server logged an error; never its words. */
function referenceOf(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
}

/** What anybody sees of an error: what it means for them, and what to do next. */
export function WentWrong({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = referenceOf(error);
  const away = reference === notAvailable;
  return (
    <MessageFrame
      eyebrow={away ? "One moment" : "Something went wrong"}
      title={away ? "Not available just now" : "This page could not be shown"}
      actions={
        <>
          <Button variant="primary" icon={<RotateCw />} onClick={() => retry()}>Try again</Button>
          <LinkButton href="/">Go to the start</LinkButton>
        </>
      }
    >
      <p>It is our fault, not yours. What you sent is either saved completely or not at all.</p>
      <p>If it happens again, tell whoever runs this site{reference && !away ? <> and give them this number: <Mono>{reference}</Mono></> : null}.</p>
    </MessageFrame>
  );
}
