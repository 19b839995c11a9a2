"use client";

import { Plus, X } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/fieldset";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, type FormState } from "@/lib/contract/form";
import type { Recipient } from "@/lib/domain/terms";
import { recipientKindOptions } from "./words";

const never = () => () => undefined;
/** False on the server and for the first moment, true once scripts run. */
const useScripted = () => useSyncExternalStore(never, () => true, () => false);

type Row = { readonly id: number; readonly name: string; readonly kind: string };
/** Rows to write in without scripts; with them a button adds as many as wanted. */
const spare = 3;

/**
 * Who else receives the data, a row each. An empty row counts for nothing: emptying a name removes it, which is all
 * that is needed without scripts.
 */
export function RecipientRows({ recipients, state }: { recipients: readonly Recipient[]; state: FormState }) {
  const scripted = useScripted();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (state.status === "refused" ? typedRows(state.values) : recipients.map(({ name, kind }) => ({ name, kind }))).map((row, id) => ({ id, ...row })),
  );
  const next = rows.reduce((most, row) => Math.max(most, row.id), -1) + 1;
  const blank = (id: number): Row => ({ id, name: "", kind: "processor" });
  const shown = scripted ? rows : [...rows, ...Array.from({ length: spare }, (_, i) => blank(next + i))];
  return (
    <Fieldset
      legend="Who else receives it"
      name="recipients"
      hint={scripted ? "Companies and people outside your organisation. Leave it empty if it stays with you." : "One in each row. Empty a name to remove it; after saving there are more rows."}
      error={faultsAt(state, "recipients")}
      optional
    >
      <ul className="space-y-3">
        {shown.map((row, i) => (
          <li key={row.id} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2.5 sm:grid-cols-[minmax(0,1fr)_13rem_auto]">
            <TextField
              className="max-sm:col-span-2"
              name={`recipients[${i}].name`}
              label={`Name of recipient ${i + 1}`}
              hideLabel={i > 0}
              defaultValue={row.name}
              maxLength={120}
              autoComplete="off"
              error={faultsAt(state, `recipients[${i}].name`)}
            />
            <SelectField
              name={`recipients[${i}].kind`}
              label={`What recipient ${i + 1} is`}
              hideLabel={i > 0}
              options={recipientKindOptions}
              defaultValue={row.kind}
              error={faultsAt(state, `recipients[${i}].kind`)}
            />
            {scripted ? (
              <Button variant="quiet" icon={<X />} aria-label={`Remove recipient ${i + 1}`} onClick={() => setRows(rows.filter((other) => other.id !== row.id))}>
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {scripted ? (
        <div className={rows.length > 0 ? "mt-3" : undefined}>
          <Button size="sm" icon={<Plus />} onClick={() => setRows([...rows, blank(next)])} disabled={rows.length >= 60}>
            Add a recipient
          </Button>
        </div>
      ) : null}
    </Fieldset>
  );
}

/** The rows as they were typed, empty ones left out. */
function typedRows(values: Readonly<Record<string, readonly string[]>>): { name: string; kind: string }[] {
  const rows: { name: string; kind: string }[] = [];
  for (let i = 0; values[`recipients[${i}].kind`] !== undefined; i += 1) {
    const name = values[`recipients[${i}].name`]?.[0] ?? "";
    if (name.trim() !== "") rows.push({ name, kind: values[`recipients[${i}].kind`]?.[0] ?? "processor" });
  }
  return rows;
}
