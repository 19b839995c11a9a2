"use client";

import { useActionState } from "react";
import { BadgeCheck, Hourglass, PencilLine, Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";
import type { PromptDraftView } from "@/lib/contract/prompt";
import { RefusedNotice } from "./refused-notice";

type Action = (before: FormState, form: FormData) => Promise<FormState>;
type Seen = Pick<PromptDraftView, "key" | "draft" | "revision">;

const asFields = ({ key, draft, revision }: Seen) => ({ key, draft, revision: String(revision) });

/** Begins the next wording from the one in force, or the first. */
export function StartPrompt({ action, useKey, label }: { action: Action; useKey: string; label: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-3">
      <RefusedNotice state={state} />
      <input type="hidden" name="key" value={useKey} />
      <SubmitButton icon={<PencilLine />} pendingLabel="Starting…">{label}</SubmitButton>
    </form>
  );
}

/** Asks for approval of the wording as it is saved. */
export function ProposePrompt({ action, seen }: { action: Action; seen: Seen }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-3">
      <RefusedNotice state={state} />
      {Object.entries(asFields(seen)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <SubmitButton icon={<Hourglass />} pendingLabel="Asking…">Ask for approval</SubmitButton>
    </form>
  );
}

/** Publishes the wording after one more question. */
export function PublishPrompt({ action, seen, number, live, requestId }: { action: Action; seen: Seen; number: number; live: number | null; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <RefusedNotice state={state} />
      <ConfirmDialog
        trigger={`Publish version ${number}`}
        triggerVariant="primary"
        triggerIcon={<BadgeCheck />}
        title={`Publish version ${number} of the prompt?`}
        description={live === null ? "From now on people can be asked with these words." : "People who are asked from now on see these words. Nobody is asked again for new wording."}
        confirmLabel="Publish now"
        pendingLabel="Publishing…"
        action={submit}
        fields={{ ...asFields(seen), replaces: live === null ? "" : String(live), requestId }}
      />
    </div>
  );
}

/** Throws the draft away. */
export function DiscardPrompt({ action, seen, number }: { action: Action; seen: Seen; number: number }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <RefusedNotice state={state} />
      <ConfirmDialog
        trigger="Discard draft"
        triggerVariant="danger-quiet"
        triggerIcon={<Trash2 />}
        title={`Discard the draft of version ${number}?`}
        description="What was written in it is lost, in every language. Published versions stay as they are."
        confirmLabel="Discard draft"
        pendingLabel="Discarding…"
        tone="danger"
        action={submit}
        fields={asFields(seen)}
      />
    </div>
  );
}

/** Takes one language out of the draft. */
export function RemoveLanguage({ action, seen, locale, name }: { action: Action; seen: Seen; locale: string; name: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <RefusedNotice state={state} />
      <ConfirmDialog
        trigger={`Remove ${name}`}
        triggerVariant="quiet"
        triggerSize="sm"
        triggerIcon={<Trash2 />}
        title={`Remove ${name} from this draft?`}
        description="The other languages stay. People who read this language see the organisation's own language instead."
        confirmLabel="Remove"
        pendingLabel="Removing…"
        tone="danger"
        action={submit}
        fields={{ ...asFields(seen), locale }}
      />
    </div>
  );
}
