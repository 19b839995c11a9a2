"use client";

import { useActionState, useMemo } from "react";
import { Plus } from "lucide-react";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-input";
import { TreePicker } from "@/components/ui/tree-picker";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import type { Word, WordKind } from "@/lib/contract/taxonomy";
import { errorsOf } from "./errors-of";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Adds a word below an existing one. */
export function WordForm({ action, kind, words }: { action: Action; kind: WordKind; words: readonly Word[] }) {
  const [state, submit] = useActionState(action, idle);
  const errors = useMemo(() => errorsOf(state), [state]);
  const parent = typed(state, "parent");
  return (
    <form action={submit} noValidate className="space-y-5">
      <FormErrors errors={errors} />
      {state.status === "done" ? <Notice tone="success" result>{state.message}</Notice> : null}
      <input type="hidden" name="kind" value={kind} />
      <div key={state.status === "refused" ? JSON.stringify(state.values) : state.status === "done" ? state.message : "new"} className="space-y-5">
        <TextField
          name="name"
          label="Name"
          hint={kind === "category" ? "What is remembered, such as “Mountain bikes looked at”." : "What it is for, such as “Choosing the bikes we show”."}
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={typed(state, "name")}
          error={faultsAt(state, "name")}
        />
        <TextAreaField name="description" label="What it means" hint="One sentence, so that colleagues choose the right word." rows={3} required maxLength={400} defaultValue={typed(state, "description")} error={faultsAt(state, "description")} />
        <TreePicker
          name="parent"
          label="Where it belongs"
          hint="Below a broader word: who permits the broader one permits yours with it."
          nodes={words}
          multiple={false}
          required
          defaultValue={parent === "" ? [] : [parent]}
          error={faultsAt(state, "parent")}
          searchLabel="Search words"
          emptyLabel="Choose a broader word"
        />
      </div>
      <SubmitButton icon={<Plus />} pendingLabel="Adding…">Add word</SubmitButton>
    </form>
  );
}
