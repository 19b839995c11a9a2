"use client";

import { Download, ListFilter } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { seriesOf } from "@/components/ui/chart-series";
import { Button } from "@/components/ui/button";
import { FileDrop } from "@/components/ui/file-drop";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors, type FormError } from "@/components/ui/form-errors";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { SelectField } from "@/components/ui/select";
import { StackedBar } from "@/components/ui/stacked-bar";
import { TextField } from "@/components/ui/text-input";
import { listVerdict, type ListCounts, type ListFormat } from "@/lib/contract/list";
import { decisionReasons, type DecisionReason } from "@/lib/domain/decision";
import { cleanseFile, type SendPiece } from "@/lib/contract/cleanse-file";
import { reasonWords } from "./reasons";

type Props = { uses: readonly { key: string; name: string }[]; address: string; request: string };
type Made = { readonly permitted: string; readonly suppressed: string; readonly counts: ListCounts; readonly name: string; readonly ending: string };
type State = { at: "idle" } | { at: "running"; done: number; of: number } | { at: "refused"; errors: FormError[] } | { at: "done"; made: Made };

/** A file in, two files out; the file is read here, and only who is named in it is asked about. */
export function CleanseForm({ uses, address, request }: Props) {
  const [state, setState] = useState<State>({ at: "idle" });
  const made = state.at === "done" ? state.made : null;
  // What was made is kept by the browser until it is let go.
  useEffect(() => () => {
    if (made) for (const url of [made.permitted, made.suppressed]) URL.revokeObjectURL(url);
  }, [made]);
  const start = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.at === "running") return;
    const form = new FormData(event.currentTarget);
    const [file, use, column] = [form.get("file"), String(form.get("use") ?? ""), String(form.get("column") ?? "").trim()];
    const errors: FormError[] = [
      ...(use === "" ? [{ field: "use", message: "Choose what the list is for." }] : []),
      ...(!(file instanceof File) || file.size === 0 ? [{ field: "file", message: "Choose a file that has at least a line of headings." }] : []),
    ];
    if (errors.length > 0 || !(file instanceof File)) return setState({ at: "refused", errors });
    const format: ListFormat = /\.(ndjson|jsonl)$/i.test(file.name) ? "ndjson" : "csv";
    setState({ at: "running", done: 0, of: file.size });
    try {
      // A list of the same page again is another list.
      const send = sender(address, { use, format, ...(column === "" ? {} : { column }), request: made === null ? request : crypto.randomUUID() });
      const { permitted, suppressed, counts } = await cleanseFile(file, send, (done) => setState({ at: "running", done, of: file.size }));
      const [name, ending] = [file.name.replace(/\.[^.]*$/, ""), format === "csv" ? ".csv" : ".ndjson"];
      setState({ at: "done", made: { permitted: URL.createObjectURL(permitted), suppressed: URL.createObjectURL(suppressed), counts, name, ending } });
    } catch (error) {
      setState({ at: "refused", errors: [{ message: error instanceof Told ? error.message : "The list did not get through. Check your connection and start again; nothing was kept." }] });
    }
  };
  const wrongAt = (field: string) => (state.at === "refused" ? state.errors.find((error) => error.field === field)?.message : undefined);
  return (
    <form onSubmit={start} className="space-y-6" noValidate>
      {state.at === "refused" ? <FormErrors errors={state.errors} /> : null}
      {made ? <Result made={made} /> : null}
      <SelectField name="use" label="What the list is for" placeholder="Choose a data use" options={uses.map(({ key, name }) => ({ value: key, label: name }))} error={wrongAt("use")} required />
      <FileDrop name="file" label="The list" hint="Of any length, with headings in its first line. In your spreadsheet choose “Save as”, then “CSV UTF-8”." accept=".csv,.ndjson,.jsonl,text/csv" error={wrongAt("file")} required />
      <TextField name="column" label="The column that names customers" hint="It holds their customer numbers, as your shop calls them. Left empty, it is the column called “person” or “ref”, or else the first." optional autoComplete="off" />
      {state.at === "running" ? <Progress label="Cleansing the list" value={state.done} max={state.of} detail={`${Math.floor((100 * state.done) / Math.max(1, state.of))}%`} /> : null}
      <FormActions note="That a list was cleansed, and for what, goes into the ledger. Who was on it does not.">
        <Button type="submit" variant="primary" icon={<ListFilter />} aria-disabled={state.at === "running"}>Cleanse the list</Button>
      </FormActions>
    </form>
  );
}

function Result({ made }: { made: Made }) {
  const parts = decisionReasons.map((reason) => ({ reason, count: made.counts[reason] ?? 0 })).filter(({ count }) => count > 0);
  const of = (wanted: (reason: DecisionReason) => boolean) => parts.filter(({ reason }) => wanted(reason)).reduce((sum, { count }) => sum + count, 0);
  const stays = of(isAllowed);
  const goes = of((reason) => !isAllowed(reason));
  return (
    <Notice tone="success" title={`${rows(stays)} may stay, ${rows(goes)} may not`} result>
      <div className="mt-3 space-y-5 text-ink">
        {parts.length === 0 ? <p>There is nobody on this list.</p> : (
          <StackedBar title="Rows, by what customers said" segments={parts.map(({ reason, count }) => ({ key: reason, label: reasonWords[reason], value: count, series: looks[reason] }))} />
        )}
        <div className="flex flex-wrap gap-3">
          <LinkButton variant="primary" href={made.permitted} download={`${made.name}-permitted${made.ending}`} icon={<Download />}>Download who may stay</LinkButton>
          <LinkButton href={made.suppressed} download={`${made.name}-suppressed${made.ending}`} icon={<Download />}>Download who may not, with reasons</LinkButton>
        </div>
      </div>
    </Notice>
  );
}

const rows = (count: number): string => (count === 1 ? "1 row" : `${count.toLocaleString("en-GB")} rows`);
const isAllowed = (reason: DecisionReason): boolean => reason === "granted" || reason === "not-required";
const looks = { granted: seriesOf("yes"), "not-required": seriesOf("yes"), refused: seriesOf("no"), objected: seriesOf("no"), withdrawn: seriesOf("back"), expired: seriesOf("back"), "use-changed": seriesOf("back"), "never-asked": seriesOf("never") } as const;

/** What the server said is wrong. */
class Told extends Error {}

function sender(address: string, asked: Readonly<Record<string, string>>): SendPiece {
  return async (piece, { line, last }) => {
    const query = new URLSearchParams({ ...asked, last: String(last), ...(line === null ? {} : { line: String(line) }) });
    const reply = await fetch(`${address}?${query}`, { method: "POST", body: piece, headers: { "content-type": "application/octet-stream" }, redirect: "error" });
    const said: unknown = await reply.json();
    if (reply.ok) return listVerdict.parse(said);
    throw typeof said === "object" && said !== null && "detail" in said ? new Told(String(said.detail)) : new Error("no verdict");
  };
}
