import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, typed, type FormState } from "@/lib/contract/form";
import type { Retention } from "@/lib/domain/terms";
import { readsAsYears } from "@/lib/domain/words";

/** How long it is kept: a number and a unit, for as long as somebody is a customer, or without an end. */
export function RetentionFields({ retention, state }: { retention: Retention; state: FormState }) {
  const saved = asFields(retention);
  return (
    <div className="group/retention">
      <RadioGroup
        legend="How long it is kept"
        name="retention.kind"
        columns={3}
        defaultValue={typed(state, "retention.kind", retention.kind)}
        error={faultsAt(state, "retention.kind") ?? faultsAt(state, "retention")}
        options={[
          { value: "period", label: "For a fixed time", hint: "Counted from the day you learn it." },
          { value: "relationship", label: "While they are a customer", hint: "Deleted when they leave." },
          { value: "indefinite", label: "No limit", hint: "Kept until they ask you to delete it." },
        ]}
      />
      <div className="mt-3 hidden max-w-sm grid-cols-2 gap-2.5 group-has-[[value=period]:checked]/retention:grid">
        <TextField
          name="retention.count"
          label="How many"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          defaultValue={typed(state, "retention.count", saved.count)}
          error={faultsAt(state, "retention.count")}
        />
        <SelectField
          name="retention.unit"
          label="Days, months or years"
          defaultValue={typed(state, "retention.unit", saved.unit)}
          error={faultsAt(state, "retention.unit")}
          options={["days", "months", "years"].map((value) => ({ value, label: value }))}
        />
      </div>
    </div>
  );
}

/** A saved length of time as it is typed: whole years from three on. */
function asFields(retention: Retention): { count: string; unit: string } {
  if (retention.kind !== "period") return { count: "12", unit: "months" };
  if (readsAsYears(retention)) return { count: String(retention.count / 12), unit: "years" };
  return { count: String(retention.count), unit: retention.unit };
}
