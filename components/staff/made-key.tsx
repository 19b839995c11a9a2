"use client";

import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { CreatedApiKeyView } from "@/lib/contract/api-key";
import { ShownOnce } from "./shown-once";

/** A key that was just made, at the one moment it can be seen. */
export function MadeKey({ message, made }: { message: string; made: CreatedApiKeyView }) {
  if (made.key === null) {
    return (
      <Notice tone="warning" title={`The key “${made.name}” was made before`} result>
        It begins with {made.prefix} and was shown then. If nobody copied it, revoke it and make another one.
      </Notice>
    );
  }
  return (
    <ShownOnce title={message} text={made.key} what="key">
      Copy it now: it is shown only this once, and nobody can look it up later.
      {made.until ? <> Give it to your program; the old key goes on until <Time at={made.until} /> and then stops by itself.</> : null}
    </ShownOnce>
  );
}
