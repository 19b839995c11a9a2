"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { addPersonInput, findPersonInput, forgetPersonForm, invitePersonInput, staffLinkInput, type PersonLinkView } from "@/lib/contract/person";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { addPerson } from "@/lib/usecases/add-person";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { invitePerson } from "@/lib/usecases/invite-person";
import { findPersonBy } from "@/lib/usecases/list-people-find";
import { mintPersonLinkByStaff } from "@/lib/usecases/mint-person-link-by-staff";

/** Looks one person up by posting, so that neither an address nor a number stands in any address bar or log. */
export async function findPersonAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: findPersonInput,
    actor: requireStaff,
    act: async (staff, { who }) => redirect(`/studio/people/${await findPersonBy(staff, who)}`),
  });
}

export async function addPersonAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: addPersonInput,
    actor: requireStaff,
    act: async (staff, input) => {
      const { id, added } = await addPerson(staff, input);
      redirect(`/studio/people/${id}?done=${added ? "added" : "known"}`);
    },
  });
}

export async function invitePersonAction(_before: FormState, form: FormData): Promise<FormState> {
  const state = await runForm(form, {
    schema: invitePersonInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await invitePerson(staff, input);
      return { message: "The invitation is on its way. Its link works once, within 7 days.", result: undefined };
    },
  });
  refresh();
  return state;
}

export async function createLinkAction(_before: FormState<PersonLinkView>, form: FormData): Promise<FormState<PersonLinkView>> {
  const state = await runForm(form, {
    schema: staffLinkInput,
    actor: requireStaff,
    act: async (staff, input) => ({ message: "The link is made. It is shown here once.", result: await mintPersonLinkByStaff(staff, input) }),
  });
  refresh();
  return state;
}

export async function forgetPersonAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: forgetPersonForm,
    actor: requireStaff,
    act: async (staff, input) => {
      await forgetPerson(staff, input);
      redirect(`/studio/people/${input.person}?done=forgotten${input.leaveAlone ? "-for-good" : ""}`);
    },
  });
}
