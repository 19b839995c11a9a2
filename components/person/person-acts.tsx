"use client";

import { Link2, Mail } from "lucide-react";
import { useActionState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { idle, type FormState } from "@/lib/contract/form";
import type { PersonLinkView } from "@/lib/contract/person";

type Invite = (before: FormState, form: FormData) => Promise<FormState>;
type Create = (before: FormState<PersonLinkView>, form: FormData) => Promise<FormState<PersonLinkView>>;

/** Sends the person their link by mail. */
export function InvitePersonForm({ action, person, requestId }: { action: Invite; person: string; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      {state.status === "done" ? <Notice tone="success" result>{state.message}</Notice> : null}
      {state.status === "refused" ? <Notice tone="danger" result>{state.message}</Notice> : null}
      <form action={submit}>
        <input type="hidden" name="person" value={person} />
        <input type="hidden" name="requestId" value={requestId} />
        <SubmitButton variant="secondary" icon={<Mail />} pendingLabel="Sending…">Invite by e-mail</SubmitButton>
      </form>
    </div>
  );
}

/** Makes a link to pass on by hand and shows it once. */
export function CreateLinkForm({ action, person, requestId }: { action: Create; person: string; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      {state.status === "done" ? (
        <Notice tone="success" result title={state.message} actions={<CopyButton text={state.result.link} label="Copy link" />}>
          <p className="[overflow-wrap:anywhere]"><Mono>{state.result.link}</Mono></p>
          <p className="mt-1.5">It works once, until <Time at={state.result.expiresAt} />. Give it to nobody but this person: it opens their page.</p>
        </Notice>
      ) : null}
      {state.status === "refused" ? <Notice tone="danger" result>{state.message}</Notice> : null}
      <form action={submit}>
        <input type="hidden" name="person" value={person} />
        <input type="hidden" name="requestId" value={requestId} />
        <SubmitButton variant="secondary" icon={<Link2 />} pendingLabel="Making it…">Create a link</SubmitButton>
      </form>
    </div>
  );
}
