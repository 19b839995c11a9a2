"use client";

import { Check, UserX, X } from "lucide-react";
import { type ReactNode, useActionState } from "react";
import { errorsOf } from "@/components/staff/errors-of";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { Icon } from "@/components/ui/icon";
import { idle, type FormState } from "@/lib/contract/form";

type Props = { action: (before: FormState, form: FormData) => Promise<FormState>; person: string; requestId: string };

const goes = [
  "Their name, e-mail address and customer number",
  "Every permission and acceptance: nothing of theirs may be used any more",
  "Their links, their sign-in and mail that was not sent yet",
];
const stays = [
  "The ledger’s entries of what was asked and answered, under a random id that leads to nobody",
  "That they were forgotten, when, and by whom",
  "Copies in backups and in the database’s own logs, sealed, until those are deleted",
];

/** Forgets a person after saying what goes and what stays; what was chosen is kept where it was refused. */
export function ForgetPerson({ action, person, requestId }: Props) {
  const [state, submit] = useActionState(action, idle);
  const leaveAlone = state.status !== "refused" || state.values["leaveAlone"] !== undefined;
  return (
    <Card>
      <div className="space-y-5">
        <FormErrors errors={errorsOf(state)} title="Nobody was forgotten" />
        <div className="grid grid-cols-1 gap-x-10 gap-y-5 md:grid-cols-2">
          <List title="What goes, at once" icon={<X />} items={goes} />
          <List title="What stays" icon={<Check />} items={stays} />
        </div>
        <ConfirmDialog
          trigger="Forget this person"
          triggerVariant="danger-quiet"
          triggerIcon={<UserX />}
          tone="danger"
          title="Forget this person?"
          description="What identifies them is gone for good. Nobody can bring it back, and a restored backup does not either."
          confirmLabel="Forget"
          pendingLabel="Forgetting…"
          action={submit}
          fields={{ person, requestId }}
        >
          <Checkbox
            name="leaveAlone"
            label="Leave their address and customer number alone from now on"
            hint="They are not taken in again and not written to. For that, a fingerprint is kept that only Handshake can compare."
            defaultChecked={leaveAlone}
          />
        </ConfirmDialog>
      </div>
    </Card>
  );
}

function List({ title, icon, items }: { title: string; icon: ReactNode; items: readonly string[] }) {
  return (
    <div>
      <p className="font-medium text-ink">{title}</p>
      <ul className="mt-2 space-y-1.5">
        {items.map((item) => (
          <li key={item} className="flex gap-2.5 text-muted">
            <Icon size="sm" className="mt-1 self-start text-faint">{icon}</Icon>
            <span className="min-w-0">{item}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
