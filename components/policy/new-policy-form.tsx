"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import { keyFromName } from "@/lib/contract/text";
import type { PolicyAction } from "./act-form";
import { troubleOf } from "./form-trouble";
import { AboutPolicy } from "./about-policy";

/** Title, short name, for whom, and what people are asked. */
export function NewPolicyForm({ action, requestId }: { action: PolicyAction; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  const [title, setTitle] = useState(typed(state, "title"));
  const [ownKey, setOwnKey] = useState<string | null>(typed(state, "key") || null);
  const titleBox = useRef<HTMLInputElement>(null);
  // What was typed before the script was there.
  useEffect(() => {
    if (titleBox.current) setTitle(titleBox.current.value);
  }, []);
  return (
    <form action={submit} noValidate className="space-y-7">
      <input type="hidden" name="requestId" value={requestId} />
      <FormErrors errors={troubleOf(state, ["title", "key", "audience", "asks"])} />
      <TextField name="title" label="Title" hint="As people read it, such as “Privacy policy”." required maxLength={200} ref={titleBox} defaultValue={title} onChange={(event) => setTitle(event.target.value)} error={faultsAt(state, "title")} />
      <TextField name="key" label="Short name" hint="Part of its address. It stays the same for good." prefix="/policies/" value={ownKey ?? keyFromName(title)} onChange={(event) => setOwnKey(event.target.value)} maxLength={60} error={faultsAt(state, "key")} />
      <AboutPolicy audience={typed(state, "audience", "customers")} asks={typed(state, "asks", "acknowledge")} errors={{ audience: faultsAt(state, "audience"), asks: faultsAt(state, "asks") }} />
      <FormActions note="Nothing is public until somebody else publishes the first version.">
        <SubmitButton pendingLabel="Creating…">Create and write</SubmitButton>
      </FormActions>
    </form>
  );
}
