"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { discardPrompt, proposePrompt as proposeInput, publishPrompt as publishInput, removePromptLocale, savePrompt, startPrompt } from "@/lib/contract/prompt";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { discardPromptDraft } from "@/lib/usecases/discard-prompt-draft";
import { proposePrompt } from "@/lib/usecases/propose-prompt";
import { publishPrompt } from "@/lib/usecases/publish-prompt";
import { removeLocaleFromPrompt } from "@/lib/usecases/remove-prompt-locale";
import { savePromptDraft } from "@/lib/usecases/save-prompt-draft";
import { startPromptDraft } from "@/lib/usecases/start-prompt-draft";

export async function startPromptAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: startPrompt,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await startPromptDraft(actor, input);
      redirect(`/studio/prompts/${key}/draft`);
    },
  });
}

export async function savePromptAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: savePrompt,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key, revision } = await savePromptDraft(actor, input);
      redirect(`/studio/prompts/${key}/draft?locale=${input.locale}&done=saved&revision=${revision}`);
    },
  });
}

export async function removeLocaleAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: removePromptLocale,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await removeLocaleFromPrompt(actor, input);
      redirect(`/studio/prompts/${key}/draft?done=removed`);
    },
  });
}

export async function proposePromptAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: proposeInput,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await proposePrompt(actor, input);
      redirect(`/studio/prompts/${key}/draft?done=proposed`);
    },
  });
}

export async function discardPromptAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: discardPrompt,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await discardPromptDraft(actor, input);
      redirect(`/studio/prompts/${key}?done=discarded`);
    },
  });
}

export async function publishPromptAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: publishInput,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key, version } = await publishPrompt(actor, input);
      redirect(`/studio/prompts/${key}?done=published&version=${version}`);
    },
  });
}
