"use server";

import { redirect } from "next/navigation";
import type { DraftShown } from "@/components/policy/draft-editor";
import { formValues, type FormState } from "@/lib/contract/form";
import { discardImport, newPolicy, newPolicyDraft, policyCancellation, policyCitations, policyDraft, policyDraftAct, policyPublication, previewedText } from "@/lib/contract/policy";
import type { ImportSummary, TextPreview } from "@/lib/contract/policy-views";
import { runForm } from "@/lib/delivery/web/action";
import { requireStaff } from "@/lib/delivery/web/page";
import { runImport } from "@/lib/delivery/web/policy-upload";
import { cancelPolicyVersion } from "@/lib/usecases/cancel-policy-version";
import { createPolicy } from "@/lib/usecases/create-policy";
import { discardImportedPolicyVersions, discardPolicyDraft } from "@/lib/usecases/discard-policy-draft";
import { previewPolicyText } from "@/lib/usecases/preview-policy-text";
import { proposePolicyVersion } from "@/lib/usecases/propose-policy-version";
import { publishPolicyVersion } from "@/lib/usecases/publish-policy-version";
import { savePolicyCitations, savePolicyDraft } from "@/lib/usecases/save-policy-draft";
import { startPolicyDraft } from "@/lib/usecases/start-policy-draft";

const at = (key: string, rest = "") => `/studio/policies/${key}${rest}`;

export async function createAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: newPolicy,
    actor: requireStaff,
    act: async (actor, input) => redirect(at((await createPolicy(actor, input)).key, "/draft")),
  });
}

export async function startDraftAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: newPolicyDraft,
    actor: requireStaff,
    act: async (actor, input) => redirect(at((await startPolicyDraft(actor, input)).key, "/draft")),
  });
}

/** Saves the texts, or (`intent` preview) only shows them as they would be published. */
export async function saveDraftAction(_before: FormState<DraftShown>, form: FormData): Promise<FormState<DraftShown>> {
  const onlyPreview = form.get("intent") === "preview";
  form.delete("intent");
  return runForm<typeof policyDraft, Awaited<ReturnType<typeof requireStaff>>, DraftShown>(form, {
    schema: policyDraft,
    actor: requireStaff,
    act: async (actor, input) => {
      if (!onlyPreview) {
        const { key } = await savePolicyDraft(actor, input);
        redirect(at(key, "/draft?done=saved"));
      }
      const previews = Object.fromEntries(input.texts.map(({ locale, markdown }) => [locale, previewPolicyText(actor, { markdown }).html]));
      return { message: "The preview shows what you wrote. It is not saved yet.", result: { values: formValues(form), previews } };
    },
  });
}

/** The live preview's own call; null when it may not, or cannot, be shown. */
export async function previewAction(markdown: string): Promise<TextPreview | null> {
  const input = previewedText.safeParse({ markdown });
  return input.success ? previewPolicyText(await requireStaff(), input.data) : null;
}

export async function saveCitationsAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: policyCitations,
    actor: requireStaff,
    act: async (actor, input) => redirect(at((await savePolicyCitations(actor, input)).key, "/draft/citations?done=cited")),
  });
}

export async function proposeAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: policyDraftAct,
    actor: requireStaff,
    act: async (actor, input) => {
      await proposePolicyVersion(actor, input);
      redirect(at(input.key, "/draft/publish?done=proposed"));
    },
  });
}

export async function discardDraftAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: policyDraftAct,
    actor: requireStaff,
    act: async (actor, input) => {
      await discardPolicyDraft(actor, input);
      redirect(at(input.key, "?done=discarded"));
    },
  });
}

export async function discardImportAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: discardImport,
    actor: requireStaff,
    act: async (actor, input) => {
      await discardImportedPolicyVersions(actor, input);
      redirect(at(input.key, "?done=import-discarded"));
    },
  });
}

export async function publishAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: policyPublication,
    actor: requireStaff,
    act: async (actor, input) => {
      await publishPolicyVersion(actor, input);
      redirect(at(input.key, input.inForceFrom ? "?done=scheduled" : "?done=published"));
    },
  });
}

export async function cancelAction(_before: FormState, form: FormData): Promise<FormState> {
  return runForm(form, {
    schema: policyCancellation,
    actor: requireStaff,
    act: async (actor, input) => {
      await cancelPolicyVersion(actor, input);
      redirect(at(input.key, "?done=cancelled"));
    },
  });
}

export async function importAction(_before: FormState<ImportSummary>, form: FormData): Promise<FormState<ImportSummary>> {
  return runImport(form);
}
