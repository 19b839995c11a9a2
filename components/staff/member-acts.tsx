import { CircleSlash, RotateCcw, UserCog } from "lucide-react";
import { RadioGroup } from "@/components/ui/radio-group";
import type { FormState } from "@/lib/contract/form";
import type { TeamMember } from "@/lib/contract/staff";
import { roles } from "@/lib/domain/roles";
import { ActDialog } from "./act-dialog";
import { roleWords } from "./role-words";

type Act = { action: (before: FormState, form: FormData) => Promise<FormState>; requestId: string };
type Props = { member: TeamMember; own: boolean; changeRole: Act; disable: Act; enable: Act };

/** What an admin can do about one colleague; each asks once more, and says what it means. */
export function MemberActs({ member, own, changeRole, disable, enable }: Props) {
  return (
    <div className="mt-6 flex flex-wrap items-start gap-3">
      <ActDialog
        trigger="Change role"
        triggerIcon={<UserCog />}
        title={own ? "Change your role" : `Change the role of ${member.name}`}
        description={
          own
            ? "You are signed out everywhere at once, and sign in again under the new role."
            : "They are signed out everywhere at once, and sign in again under the new role."
        }
        confirmLabel="Change role"
        pendingLabel="Changing…"
        action={changeRole.action}
        fields={{ requestId: changeRole.requestId, staff: member.id }}
      >
        <RadioGroup
          name="role"
          legend="New role"
          layout="list"
          defaultValue={member.role}
          options={roles.map((role) => ({ value: role, label: roleWords[role].name, hint: roleWords[role].does }))}
          required
        />
      </ActDialog>
      {member.disabledAt ? (
        <ActDialog
          trigger="Enable account"
          triggerIcon={<RotateCcw />}
          title={`Enable the account of ${member.name}?`}
          description="They can sign in again with the password they had."
          confirmLabel="Enable account"
          action={enable.action}
          fields={{ requestId: enable.requestId, staff: member.id }}
        />
      ) : (
        <ActDialog
          trigger="Disable account"
          triggerVariant="danger"
          triggerIcon={<CircleSlash />}
          title={own ? "Disable your own account?" : `Disable the account of ${member.name}?`}
          description="Every session ends at once and nobody can sign in with it. What was written and published stays, and you can enable the account again."
          confirmLabel="Disable account"
          pendingLabel="Disabling…"
          tone="danger"
          action={disable.action}
          fields={{ requestId: disable.requestId, staff: member.id }}
        />
      )}
    </div>
  );
}
