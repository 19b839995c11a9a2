"use client";

import { Undo2 } from "lucide-react";
import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";

export type WithdrawAction = (before: FormState, form: FormData) => Promise<FormState>;

/** Takes a permission back with one press; what came of it is said on the page. */
export function WithdrawForm({ action, use, title, requestId, label }: { action: WithdrawAction; use: string; title: string; requestId: string; label: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit}>
      <input type="hidden" name="use" value={use} />
      <input type="hidden" name="requestId" value={requestId} />
      <SubmitButton variant="secondary" icon={<Undo2 />} pendingLabel="One moment…" aria-label={`${label}: ${title}`}>{label}</SubmitButton>
      {state.status === "refused" ? <p role="alert" className="mt-2 text-sm text-bad">{state.message}</p> : null}
    </form>
  );
}
