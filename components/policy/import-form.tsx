"use client";

import { FileSearch, PackageOpen } from "lucide-react";
import { type FormEvent, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import { localeName } from "@/lib/contract/locale-name";
import type { ImportSummary } from "@/lib/contract/policy-views";
import { AboutPolicy } from "./about-policy";
import { troubleOf } from "./form-trouble";
import { ImportFiles } from "./import-files";
import { ImportResult } from "./import-result";
import { commonLocales } from "./common-locales";
import { sendImport } from "./send-import";

export type ImportFormProps = {
  /** Takes the form without a script; with one, the files go to `address`, which takes larger ones. */
  action: (before: FormState<ImportSummary>, form: FormData) => Promise<FormState<ImportSummary>>;
  address: string;
  requestId: string;
  policies: readonly { key: string; title: string }[];
  /** The policy to import into, when it was chosen before. */
  into: string | null;
  locale: string;
};

/** Files in, a summary of what they hold, and then the import; the files stay chosen in between. */
export function ImportForm({ action, address, requestId, policies, into, locale }: ImportFormProps) {
  const [served, submit] = useActionState(action, idle);
  const [sent, setSent] = useState<FormState<ImportSummary> | null>(null);
  const [sending, setSending] = useState(false);
  const state = sent ?? served;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const form = event.currentTarget;
    const pressed = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    setSending(true);
    setSent(await sendImport(address, form, pressed instanceof HTMLButtonElement ? pressed.value : "check"));
    setSending(false);
  };
  if (state.status === "done" && state.result.imported) return <ImportResult summary={state.result} />;
  const ready = state.status === "done" ? state.result : null;
  return (
    <form action={submit} onSubmit={send} className="group/import space-y-9" noValidate>
      <input type="hidden" name="requestId" value={requestId} />
      <FormErrors errors={troubleOf(state, ["files", "policy", "title", "key", "audience", "asks", "locale"])} />
      {ready ? <ImportResult summary={ready} /> : null}
      <ImportFiles error={faultsAt(state, "files")} />
      <div className="space-y-6">
        {policies.length > 0 ? (
          <RadioGroup
            legend="Where it goes"
            name="into"
            columns={2}
            defaultValue={typed(state, "into", into === null ? "new" : "existing")}
            options={[
              { value: "new", label: "A new policy", hint: "Its title and source come with the files, or from you." },
              { value: "existing", label: "A policy that is here", hint: "Only versions that are not here yet are added." },
            ]}
          />
        ) : (
          <input type="hidden" name="into" value="new" />
        )}
        <div className="hidden group-has-[[name=into][value=existing]:checked]/import:block">
          <SelectField name="policy" label="Policy" className="max-w-md" placeholder="Choose a policy" defaultValue={typed(state, "policy", into ?? "")} error={faultsAt(state, "policy")} options={policies.map(({ key, title }) => ({ value: key, label: title }))} />
        </div>
        <div className="space-y-6 group-has-[[name=into][value=existing]:checked]/import:hidden">
          <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
            <TextField name="title" label="Title" hint="Left empty, the files' own title is used." optional maxLength={200} defaultValue={typed(state, "title")} error={faultsAt(state, "title")} />
            <TextField name="key" label="Short name" hint="Left empty, it is made from the title." optional prefix="/policies/" maxLength={60} defaultValue={typed(state, "key")} error={faultsAt(state, "key")} />
          </div>
          <AboutPolicy audience={typed(state, "audience", "customers")} asks={typed(state, "asks", "acknowledge")} errors={{ audience: faultsAt(state, "audience"), asks: faultsAt(state, "asks") }} />
        </div>
        <SelectField name="locale" label="Language of the texts" className="max-w-xs" defaultValue={typed(state, "locale", locale)} error={faultsAt(state, "locale")} options={[...new Set([locale, ...commonLocales])].map((value) => ({ value, label: localeName(value) }))} />
      </div>
      <FormActions note={sending ? <span role="status">Sending and reading the files…</span> : "All of it is imported, or nothing. What is wrong is listed file by file."}>
        <Button type="submit" variant="primary" name="intent" value="import" icon={<PackageOpen />} aria-disabled={sending}>
          {ready && ready.added > 0 ? `Import ${ready.added} ${ready.added === 1 ? "version" : "versions"}` : "Import"}
        </Button>
        <Button type="submit" name="intent" value="check" icon={<FileSearch />} aria-disabled={sending}>Check first</Button>
      </FormActions>
    </form>
  );
}
