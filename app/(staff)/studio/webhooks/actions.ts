"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { FormState } from "@/lib/contract/form";
import { addWebhookInput, changeWebhookInput, replayInput, webhookActInput, type WebhookActInput, type WebhookSecretView } from "@/lib/contract/webhook";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import type { StaffActor } from "@/lib/domain/actor";
import { addWebhook } from "@/lib/usecases/add-webhook";
import { changeWebhook } from "@/lib/usecases/change-webhook";
import { pauseWebhook } from "@/lib/usecases/pause-webhook";
import { removeWebhook } from "@/lib/usecases/remove-webhook";
import { replayDeliveries } from "@/lib/usecases/replay-deliveries";
import { resumeWebhook } from "@/lib/usecases/resume-webhook";
import { rotateWebhookSecret } from "@/lib/usecases/rotate-webhook-secret";
import { testWebhook } from "@/lib/usecases/test-webhook";

export async function addWebhookAction(_before: FormState<WebhookSecretView>, form: FormData): Promise<FormState<WebhookSecretView>> {
  return runForm(form, {
    schema: addWebhookInput,
    actor: requireStaff,
    act: async (staff, input) => {
      const result = await addWebhook(staff, input);
      refresh();
      return { message: `The webhook “${result.name}” is added.`, result };
    },
  });
}

export async function newSecretAction(_before: FormState<WebhookSecretView>, form: FormData): Promise<FormState<WebhookSecretView>> {
  return runForm(form, {
    schema: webhookActInput,
    actor: requireStaff,
    act: async (staff, input) => ({ message: "The new secret is made.", result: await rotateWebhookSecret(staff, input) }),
  });
}

/** An act after which the webhook's page, or the list, says what was done. */
function done<S extends z.ZodType<{ webhook: string }>>(schema: S, form: FormData, word: string, act: (staff: StaffActor, input: z.infer<S>) => Promise<unknown>): Promise<FormState> {
  return runForm(form, {
    schema,
    actor: requireStaff,
    act: async (staff, input) => {
      await act(staff, input);
      redirect(word === "removed" ? "/studio/webhooks?done=removed" : `/studio/webhooks/${input.webhook}?done=${word}`);
    },
  });
}

const acted = (form: FormData, word: string, act: (staff: StaffActor, input: WebhookActInput) => Promise<unknown>) => done(webhookActInput, form, word, act);

export async function changeWebhookAction(_before: FormState, form: FormData): Promise<FormState> {
  return done(changeWebhookInput, form, "changed", changeWebhook);
}

export async function pauseWebhookAction(_before: FormState, form: FormData): Promise<FormState> {
  return acted(form, "paused", pauseWebhook);
}

export async function resumeWebhookAction(_before: FormState, form: FormData): Promise<FormState> {
  return acted(form, "resumed", resumeWebhook);
}

export async function removeWebhookAction(_before: FormState, form: FormData): Promise<FormState> {
  return acted(form, "removed", removeWebhook);
}

export async function testWebhookAction(_before: FormState, form: FormData): Promise<FormState> {
  return done(webhookActInput, form, "tested", (staff, input) => testWebhook(staff, input.webhook));
}

export async function replayAction(_before: FormState, form: FormData): Promise<FormState> {
  return done(replayInput, form, "replayed", replayDeliveries);
}
