"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { createApiKeyInput, replaceApiKeyInput, revokeApiKeyInput, type CreatedApiKeyView } from "@/lib/contract/api-key";
import type { FormState } from "@/lib/contract/form";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { createApiKey } from "@/lib/usecases/create-api-key";
import { replaceApiKey } from "@/lib/usecases/replace-api-key";
import { revokeApiKey } from "@/lib/usecases/revoke-api-key";

export async function createKeyAction(_before: FormState<CreatedApiKeyView>, form: FormData): Promise<FormState<CreatedApiKeyView>> {
  return runForm(form, {
    schema: createApiKeyInput,
    actor: requireStaff,
    act: async (staff, input) => {
      const result = await createApiKey(staff, input);
      refresh();
      return { message: `The key “${result.name}” is made.`, result };
    },
  });
}

export async function replaceKeyAction(_before: FormState<CreatedApiKeyView>, form: FormData): Promise<FormState<CreatedApiKeyView>> {
  return runForm(form, {
    schema: replaceApiKeyInput,
    actor: requireStaff,
    act: async (staff, input) => {
      const result = await replaceApiKey(staff, input);
      refresh();
      return { message: `The key “${result.name}” has a successor.`, result };
    },
  });
}

export async function revokeKeyAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: revokeApiKeyInput,
    actor: requireStaff,
    act: async (staff, input) => {
      await revokeApiKey(staff, input);
      redirect(`/studio/keys?done=revoked&act=${input.requestId}`);
    },
  });
}
