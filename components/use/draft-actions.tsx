"use client";

import { useActionState } from "react";
import { BadgeCheck, Hourglass, Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";
import type { Compared, Effect, UseDraftView } from "@/lib/contract/use";
import { Comparison } from "./comparison";
import { EffectOfPublishing } from "./effect";
import { RefusedNotice } from "./refused-notice";

type Action = (before: FormState, form: FormData) => Promise<FormState>;
type Seen = Pick<UseDraftView, "key" | "draft" | "revision">;

const asFields = ({ key, draft, revision }: Seen) => ({ key, draft, revision: String(revision) });

/** Asks for approval of the draft as it is saved. */
export function ProposeUse({ action, seen }: { action: Action; seen: Seen }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-3">
      <RefusedNotice state={state} />
      {Object.entries(asFields(seen)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <SubmitButton full icon={<Hourglass />} pendingLabel="Asking…">Ask for approval</SubmitButton>
    </form>
  );
}

/** Publishes the draft after one more look at what changes and who is asked. */
export function PublishUse({ action, seen, number, live, compared, effect, requestId }: {
  action: Action;
  seen: Seen;
  number: number;
  live: number | null;
  compared: Compared | null;
  effect: Effect;
  requestId: string;
}) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <RefusedNotice state={state} />
      <ConfirmDialog
        trigger={`Publish version ${number}`}
        triggerVariant="primary"
        triggerIcon={<BadgeCheck />}
        title={`Publish version ${number}?`}
        description={<EffectOfPublishing effect={effect} />}
        confirmLabel="Publish now"
        pendingLabel="Publishing…"
        action={submit}
        fields={{ ...asFields(seen), replaces: live === null ? "" : String(live), requestId }}
      >
        {compared ? <div className="max-h-[40vh] overflow-y-auto rounded-md border border-line p-4" tabIndex={0} role="region" aria-label="What changes"><Comparison compared={compared} /></div> : null}
      </ConfirmDialog>
    </div>
  );
}

/** Throws the draft away; what is published stays. */
export function DiscardUse({ action, seen, number }: { action: Action; seen: Seen; number: number }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <RefusedNotice state={state} />
      <ConfirmDialog
        trigger="Discard draft"
        triggerVariant="danger-quiet"
        triggerSize="sm"
        triggerIcon={<Trash2 />}
        title={`Discard the draft of version ${number}?`}
        description="What was written in it is lost. Published versions and people's answers stay as they are."
        confirmLabel="Discard draft"
        pendingLabel="Discarding…"
        tone="danger"
        action={submit}
        fields={asFields(seen)}
      />
    </div>
  );
}
