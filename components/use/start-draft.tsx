"use client";

import { useActionState } from "react";
import { PencilLine } from "lucide-react";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";
import { RefusedNotice } from "./refused-notice";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Begins the next version from the one in force. */
export function StartUseDraft({ action, useKey, label }: { action: Action; useKey: string; label: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-3">
      <RefusedNotice state={state} />
      <input type="hidden" name="key" value={useKey} />
      <SubmitButton icon={<PencilLine />} pendingLabel="Starting…">{label}</SubmitButton>
    </form>
  );
}
