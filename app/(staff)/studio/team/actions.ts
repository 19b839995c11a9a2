"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { changeRoleInput, inviteInput, revokeInvitationInput, staffInput, type InvitedView } from "@/lib/contract/staff";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { changeRole } from "@/lib/usecases/change-role";
import { disableStaff } from "@/lib/usecases/disable-staff";
import { enableStaff } from "@/lib/usecases/enable-staff";
import { inviteStaff } from "@/lib/usecases/invite-staff";
import { revokeInvitation } from "@/lib/usecases/revoke-invitation";

export async function inviteAction(_before: FormState<InvitedView>, form: FormData): Promise<FormState<InvitedView>> {
  return runForm(form, {
    schema: inviteInput,
    actor: requireStaff,
    act: async (staff, input) => {
      const result = await inviteStaff(staff, input);
      refresh();
      return { message: `${result.email} is invited.`, result };
    },
  });
}

export async function revokeInvitationAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: revokeInvitationInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await revokeInvitation(staff, input);
      redirect(`/studio/team?done=revoked&act=${input.requestId}`);
    },
  });
}

export async function changeRoleAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: changeRoleInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await changeRole(staff, input);
      redirect(input.staff === staff.id ? "/sign-in" : `/studio/team/${input.staff}?done=role`);
    },
  });
}

export async function disableAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: staffInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await disableStaff(staff, input);
      redirect(input.staff === staff.id ? "/sign-in" : `/studio/team/${input.staff}?done=disabled`);
    },
  });
}

export async function enableAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: staffInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await enableStaff(staff, input);
      redirect(`/studio/team/${input.staff}?done=enabled`);
    },
  });
}
