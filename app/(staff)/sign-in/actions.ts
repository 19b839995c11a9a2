"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { signInInput } from "@/lib/contract/staff";
import { anyone } from "@/lib/domain/actor";
import { runForm } from "@/lib/delivery/web/action";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { addressOf } from "@/lib/delivery/web/sign-in-address";
import { dropStaffToken, keepStaffToken, staffToken } from "@/lib/delivery/web/staff-cookie";
import { signIn } from "@/lib/usecases/sign-in";
import { signOut } from "@/lib/usecases/sign-out";

export async function signInAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: signInInput,
    actor: async () => anyone,
    act: async (_actor, input) => {
      await keepStaffToken(await signIn(input, addressOf(await headers())));
      redirect(input.returnTo);
    },
  });
}

export async function signOutAction(): Promise<void> {
  checkOrigin(await headers());
  const token = await staffToken();
  if (token) await signOut(token);
  await dropStaffToken();
  redirect("/sign-in?done=signed-out");
}
