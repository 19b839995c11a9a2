"use client";

import { BadgeCheck } from "lucide-react";
import { type FormEvent, useActionState, useState } from "react";
import { DateTimeField } from "@/components/ui/date-time-input";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import type { PolicyAction } from "./act-form";
import { troubleOf } from "./form-trouble";

export type PublishFormProps = {
  action: PolicyAction;
  requestId: string;
  policy: string;
  version: number;
  draft: string;
  revision: number;
  /** The version before it; null for the first. */
  replaces: number | null;
  /** Imported versions have their dates already. */
  schedulable: boolean;
  /** Earliest moment it can be scheduled for. */
  earliest: Date;
};

/** Publishing: now, or from a later moment on. */
export function PublishForm({ action, requestId, policy, version, draft, revision, replaces, schedulable, earliest }: PublishFormProps) {
  const [state, submit] = useActionState(action, idle);
  const [chosen, setChosen] = useState(typed(state, "inForceFrom"));
  const hidden = { requestId, key: policy, version: String(version), draft, revision: String(revision), replaces: replaces === null ? "" : String(replaces) };
  const listen = (event: FormEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "inForceFrom") setChosen(event.target.value);
  };
  return (
    <form action={submit} noValidate className="space-y-5" onChange={listen}>
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <FormErrors errors={troubleOf(state, ["inForceFrom"])} />
      {schedulable ? (
        <div className="group/when space-y-5">
          <RadioGroup
            legend="When it comes into force"
            name="when"
            defaultValue={typed(state, "when", "now")}
            options={[
              { value: "now", label: "Now", hint: replaces === null ? "Everybody can read it from then on." : "It takes the place of the version before it at once." },
              { value: "later", label: "At a later moment", hint: "Until then people can read it as announced." },
            ]}
          />
          <div className="hidden group-has-[[value=later]:checked]/when:block">
            <DateTimeField name="inForceFrom" label="In force from" min={earliest} defaultValue={typed(state, "inForceFrom")} error={faultsAt(state, "inForceFrom")} />
            <LocalMoment utc={chosen} />
          </div>
        </div>
      ) : null}
      <SubmitButton icon={<BadgeCheck />} pendingLabel="Publishing…">{`Publish version ${version}`}</SubmitButton>
    </form>
  );
}

/** The chosen moment on the reader's own clock. */
function LocalMoment({ utc }: { utc: string }) {
  const moment = new Date(`${utc}Z`);
  if (utc === "" || Number.isNaN(moment.getTime())) return null;
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" }).format(moment);
  return <p className="mt-1.5 text-sm text-muted" role="status">On your clock: {words}</p>;
}
