"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { changeSettingsInput } from "@/lib/contract/settings";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { changeSettings } from "@/lib/usecases/change-settings";

export async function changeSettingsAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: changeSettingsInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await changeSettings(staff, input);
      redirect(`/studio/settings?done=${input.part}`);
    },
  });
}
