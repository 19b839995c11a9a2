"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { addWord } from "@/lib/contract/taxonomy";
import { createUse } from "@/lib/contract/use";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { addTaxonomyWord } from "@/lib/usecases/add-taxonomy-word";
import { createDataUse } from "@/lib/usecases/create-data-use";

export async function createUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: createUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await createDataUse(actor, input);
      redirect(`/studio/uses/${key}/draft?done=created`);
    },
  });
}

export async function addWordAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: addWord,
    actor: requireStaff,
    act: async (actor, input) => {
      await addTaxonomyWord(actor, input);
      redirect(`/studio/uses/words?kind=${input.kind}&done=added`);
    },
  });
}
