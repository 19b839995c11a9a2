import { randomUUID } from "node:crypto";
import { proposePrompt } from "@/lib/usecases/propose-prompt";
import { publishPrompt } from "@/lib/usecases/publish-prompt";
import { savePromptDraft } from "@/lib/usecases/save-prompt-draft";
import { startPromptDraft } from "@/lib/usecases/start-prompt-draft";
import type { Publishers } from "./sample-publications";
import type { SampleWording } from "./sample-uses";

/** Writes the first wording of a use's question in each language, and has it published. */
export async function publishSamplePrompt({ officer, approver }: Publishers, key: string, wordings: Readonly<Record<"en" | "de", SampleWording>>): Promise<void> {
  let seen = await startPromptDraft(officer.actor, { key });
  for (const locale of ["en", "de"] as const) {
    seen = await savePromptDraft(officer.actor, { key, draft: seen.draft, revision: seen.revision, locale, changeNote: "First wording.", words: wordings[locale] });
  }
  await proposePrompt(officer.actor, seen);
  await publishPrompt(approver.actor, { key, draft: seen.draft, revision: seen.revision, replaces: null, requestId: randomUUID() });
}
