"use client";

import { Search } from "lucide-react";
import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Finds one person by exactly their number or address. */
export function FindPersonForm({ action }: { action: Action }) {
  const [state, submit] = useActionState(action, idle);
  const wrong = state.status === "refused" ? (faultsAt(state, "who") ?? [state.message]) : undefined;
  return (
    <form role="search" action={submit} className="flex flex-wrap items-start gap-2.5" noValidate>
      <TextField
        className="w-full min-w-0 sm:w-auto sm:max-w-sm sm:flex-1"
        name="who"
        label="Find one person"
        hint="By exactly their customer number or e-mail address"
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(state, "who")}
        error={wrong}
      />
      <SubmitButton variant="secondary" icon={<Search />} className="sm:mt-[3.05rem]" pendingLabel="Looking…">Find</SubmitButton>
    </form>
  );
}
