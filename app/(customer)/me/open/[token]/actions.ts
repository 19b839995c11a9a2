"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { openPersonLinkInput } from "@/lib/contract/person";
import { anyone } from "@/lib/domain/actor";
import { runForm } from "@/lib/delivery/web/action";
import { keepPersonToken } from "@/lib/delivery/web/person-session";
import { openPersonLink } from "@/lib/usecases/open-person-link";

export async function openLinkAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: openPersonLinkInput,
    actor: async () => anyone,
    act: async (_actor, { token }) => {
      const { cookie, expiresAt } = await openPersonLink(token);
      await keepPersonToken(cookie, expiresAt);
      redirect("/me");
    },
  });
}
