"use client";

import { Link2Off, Save } from "lucide-react";
import { useActionState, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/contract/form";
import type { CitedUse, ClauseView, PolicyCitation } from "@/lib/contract/policy-views";
import type { PolicyAction } from "./act-form";
import { troubleOf } from "./form-trouble";

export type CitationsFormProps = {
  action: PolicyAction;
  policy: string;
  draft: string;
  revision: number;
  clauses: readonly ClauseView[];
  broken: readonly PolicyCitation[];
  uses: readonly CitedUse[];
};

/** Which data uses each clause describes: ticked ones are cited, and one more can be picked at each clause. */
export function CitationsForm({ action, policy, draft, revision, clauses, broken, uses }: CitationsFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-6">
      <input type="hidden" name="key" value={policy} />
      <input type="hidden" name="draft" value={draft} />
      <input type="hidden" name="revision" value={revision} />
      <FormErrors errors={troubleOf(state, [])} />
      {broken.length > 0 ? (
        <Notice tone="warning" id="citations" title={broken.length === 1 ? "One citation has lost its clause" : `${broken.length} citations have lost their clause`}>
          <p>Their headings were changed or removed. Cite the data use from another clause where it belongs; saving removes these.</p>
          <ul className="mt-2 space-y-1">
            {broken.map(({ clause, use }) => (
              <li key={`${clause} ${use.key}`} className="flex items-center gap-2">
                <Link2Off className="lucide size-4" aria-hidden="true" />
                <span><span className="font-medium text-ink">{use.name}</span>, cited from “{clause}”</span>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <ol className="divide-y divide-line rounded-lg border border-line bg-surface shadow-sm">
        {clauses.map((clause, index) => <ClauseUses key={clause.id} index={index} clause={clause} label={nameOf(clauses, index)} uses={uses} />)}
      </ol>
      <FormActions note="Cited data uses are shown beside the clause, in plain words.">
        <SubmitButton icon={<Save />} pendingLabel="Saving…">Save citations</SubmitButton>
      </FormActions>
    </form>
  );
}

/** What a clause is called; the second of the same heading says so. */
function nameOf(clauses: readonly ClauseView[], index: number): string {
  const heading = clauses[index]?.heading ?? "Introduction";
  const earlier = clauses.slice(0, index).filter((clause) => clause.heading === heading).length;
  return earlier === 0 ? heading : `${heading} (${earlier + 1})`;
}

function ClauseUses({ index, clause, label, uses }: { index: number; clause: ClauseView; label: string; uses: readonly CitedUse[] }) {
  const [cited, setCited] = useState<readonly CitedUse[]>(clause.uses);
  const name = `citations[${index}]`;
  const free = uses.filter((use) => !cited.some((one) => one.key === use.key));
  const pick = (key: string) => {
    const use = uses.find((one) => one.key === key);
    if (use) setCited([...cited, use]);
  };
  return (
    <li className="grid grid-cols-1 gap-x-8 gap-y-3 p-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <h2 className="font-medium text-ink">{label}</h2>
        {clause.excerpt ? <p className="mt-1 font-serif text-muted">{clause.excerpt}</p> : null}
      </div>
      <fieldset className="min-w-0 space-y-2.5">
        <legend className="sr-only">{`Data uses cited from ${label}`}</legend>
        <input type="hidden" name={`${name}.clause`} value={clause.id} />
        {cited.map((use) => (
          <Checkbox key={use.key} id={`${name}-${use.key}`} name={`${name}.uses[]`} value={use.key} label={use.name} defaultChecked />
        ))}
        {free.length > 0 ? (
          <Select
            // A fresh box after each pick, so that nothing is picked twice.
            key={cited.length}
            name={`${name}.add`}
            aria-label={`Cite a data use from ${label}`}
            defaultValue=""
            options={[{ value: "", label: "Cite a data use…" }, ...free.map((use) => ({ value: use.key, label: use.name }))]}
            onChange={(event) => pick(event.target.value)}
          />
        ) : null}
      </fieldset>
    </li>
  );
}
