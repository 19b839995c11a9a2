"use client";

import { ArrowRight } from "lucide-react";
import { useActionState } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Uses a one-time link by a press, which programs that only look at mail never make. */
export function OpenLinkForm({ action, token }: { action: Action; token: string }) {
  const [state, submit] = useActionState(action, idle);
  if (state.status === "refused") {
    return (
      <Notice tone="warning" result actions={<LinkButton variant="primary" href="/me/sign-in">Ask for a new link</LinkButton>}>{state.message}</Notice>
    );
  }
  return (
    <form action={submit}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton full size="lg" iconEnd={<ArrowRight />} pendingLabel="Opening…">Continue</SubmitButton>
    </form>
  );
}
