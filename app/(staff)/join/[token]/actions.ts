"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { joinInput } from "@/lib/contract/staff";
import { anyone } from "@/lib/domain/actor";
import { runForm } from "@/lib/delivery/web/action";
import { addressOf } from "@/lib/delivery/web/sign-in-address";
import { keepStaffToken } from "@/lib/delivery/web/staff-cookie";
import { joinStaff } from "@/lib/usecases/join-staff";
import { signIn } from "@/lib/usecases/sign-in";

export async function joinAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: joinInput,
    actor: async () => anyone,
    act: async (_actor, input) => {
      const { email } = await joinStaff(input);
      await keepStaffToken(await signIn({ email, password: input.password }, addressOf(await headers())));
      redirect("/studio");
    },
  });
}
