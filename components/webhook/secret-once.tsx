"use client";

import { ShownOnce } from "@/components/staff/shown-once";
import { Notice } from "@/components/ui/notice";
import type { WebhookSecretView } from "@/lib/contract/webhook";

/** A secret at the one moment it can be seen. */
export function SecretOnce({ message, made }: { message: string; made: WebhookSecretView }) {
  if (made.secret === null) {
    return (
      <Notice tone="warning" title="This was done before" result>
        The secret was shown then. If nobody copied it, open the webhook and make a new one.
      </Notice>
    );
  }
  return <ShownOnce title={message} text={made.secret} what="secret">Give this secret to whoever runs that system: with it they check that a message is from here. It is shown only this once.</ShownOnce>;
}
