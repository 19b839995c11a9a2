"use server";

import { redirect } from "next/navigation";
import type { FormState } from "@/lib/contract/form";
import { discardUse, proposeUse, publishUse, saveUse, startUse } from "@/lib/contract/use";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { discardDataUseDraft } from "@/lib/usecases/discard-data-use-draft";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";

export async function startUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: startUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await startDataUseDraft(actor, input);
      redirect(`/studio/uses/${key}/draft`);
    },
  });
}

export async function saveUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: saveUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key, revision } = await saveDataUseDraft(actor, input);
      redirect(`/studio/uses/${key}/draft?done=saved&revision=${revision}`);
    },
  });
}

export async function proposeUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: proposeUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await proposeDataUse(actor, input);
      redirect(`/studio/uses/${key}/draft?done=proposed`);
    },
  });
}

export async function discardUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: discardUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key } = await discardDataUseDraft(actor, input);
      redirect(`/studio/uses/${key}?done=discarded`);
    },
  });
}

export async function publishUseAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: publishUse,
    actor: requireStaff,
    act: async (actor, input) => {
      const { key, version } = await publishDataUse(actor, input);
      redirect(`/studio/uses/${key}?done=published&version=${version}`);
    },
  });
}
