"use server";

import { headers } from "next/headers";
import type { FormState } from "@/lib/contract/form";
import { requestPersonLinkInput } from "@/lib/contract/person";
import { anyone } from "@/lib/domain/actor";
import { runForm } from "@/lib/delivery/web/action";
import { addressOf } from "@/lib/delivery/web/sign-in-address";
import { requestPersonLink } from "@/lib/usecases/request-person-link";

export async function requestLinkAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: requestPersonLinkInput,
    actor: async () => anyone,
    act: async (_actor, { email }) => {
      await requestPersonLink(email, addressOf(await headers()));
      return { message: "If we know this address, a link is on its way. It works once, within 30 minutes.", result: undefined };
    },
  });
}
