"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { deleteMemoryForm } from "@/lib/contract/memory";
import { runForm } from "@/lib/delivery/web/action";
import { requirePerson } from "@/lib/delivery/web/page";
import { forgetMyItem } from "@/lib/usecases/forget-my-item";

export async function forgetItemAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: deleteMemoryForm,
    actor: requirePerson,
    act: async (person, { key }) => redirect(`/me/memory?done=${(await forgetMyItem(person, key)) ? "forgotten" : "gone"}`),
  });
}
