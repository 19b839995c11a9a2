import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-input";
import { factKinds, kindWords, type LedgerView } from "@/lib/contract/ledger";

/** Which entries to show, as a query of the address, so that it can be kept and shared. */
export function LedgerFilter({ view: { query, subjects }, person, error }: { view: Pick<LedgerView, "query" | "subjects">; person: string; error: string | undefined }) {
  const of = (kind: "use" | "policy") => subjects.filter((one) => one.kind === kind);
  const groups = [
    { label: "Data uses", options: of("use") },
    { label: "Policies", options: of("policy") },
  ].filter((group) => group.options.length > 0);
  const filtered = query.kind !== undefined || query.about !== undefined || person !== "";
  return (
    <form role="search" action="/studio/ledger" method="get" className="mb-5 grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto]">
      <SelectField name="kind" label="What" placeholder="Everything" defaultValue={query.kind ?? ""} options={factKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))} />
      <SelectField name="about" label="About" placeholder="Any data use or policy" defaultValue={query.about ?? ""} options={groups} />
      <TextField name="person" label="Customer’s id" defaultValue={person} error={error} placeholder="Whole random id" spellCheck={false} autoComplete="off" />
      <div className="flex gap-2 lg:pt-7">
        <Button type="submit">Show</Button>
        {filtered ? <LinkButton variant="quiet" href="/studio/ledger">Show all</LinkButton> : null}
      </div>
    </form>
  );
}
