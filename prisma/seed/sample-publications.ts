import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { database } from "@/lib/data/client";
import { inStory } from "@/lib/data/ledger/write";
import { renderMarkdown } from "@/lib/text/render-markdown";
import { createDataUse } from "@/lib/usecases/create-data-use";
import { addTaxonomyWord } from "@/lib/usecases/add-taxonomy-word";
import { createPolicy } from "@/lib/usecases/create-policy";
import { importPolicyHistory } from "@/lib/usecases/import-policy-history";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { proposePolicyVersion } from "@/lib/usecases/propose-policy-version";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { publishPolicyVersion } from "@/lib/usecases/publish-policy-version";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { savePolicyCitations, savePolicyDraft } from "@/lib/usecases/save-policy-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";
import { startPolicyDraft } from "@/lib/usecases/start-policy-draft";
import type { SamplePolicy, SamplePolicyVersion } from "./sample-policies";
import { publishSamplePrompt } from "./sample-prompts";
import type { SampleStaff } from "./sample-staff";
import { sampleWords, type SampleUse } from "./sample-uses";

export type Publishers = { readonly officer: SampleStaff; readonly approver: SampleStaff };

/** The shop's own words below the taxonomy's. */
export async function addSampleWords({ officer }: Publishers): Promise<void> {
  for (const { kind, key, name, description } of sampleWords) {
    const parent = key.split(".").slice(0, -1).join(".");
    const added = await addTaxonomyWord(officer.actor, { kind, parent, name, description });
    if (added.key !== key) throw new Error(`${name} became ${added.key}`);
  }
}

/** Writes, proposes and publishes version n of a use, as its officer and approver would have. */
export async function publishSampleUse({ officer, approver }: Publishers, use: SampleUse, number: number): Promise<void> {
  const version = use.versions[number - 1];
  if (!version) throw new Error(`${use.key} has no version ${number}`);
  await inStory(new Date(version.at), async () => {
    const begun = number === 1 ? await createDataUse(officer.actor, { requestId: randomUUID(), name: use.name, key: use.key }) : await startDataUseDraft(officer.actor, { key: use.key });
    const saved = await saveDataUseDraft(officer.actor, { ...begun, terms: version.terms, changeNote: version.changeNote });
    await proposeDataUse(officer.actor, saved);
    await publishDataUse(approver.actor, { ...saved, replaces: number === 1 ? null : number - 1, requestId: randomUUID() });
    if (number === 1 && use.prompt) await publishSamplePrompt({ officer, approver }, use.key, use.prompt);
  });
}

/** Writes, cites, proposes and publishes version n of one of the shop's policies. */
export async function publishSamplePolicy({ officer, approver }: Publishers, policy: SamplePolicy, number: number): Promise<void> {
  const version = policy.versions[number - 1];
  if (!version) throw new Error(`${policy.key} has no version ${number}`);
  await inStory(new Date(version.at), async () => {
    const key = policy.key;
    if (number === 1) await createPolicy(officer.actor, { requestId: randomUUID(), title: policy.title, key, audience: "customers", asks: policy.asks });
    else await startPolicyDraft(officer.actor, { key });
    const { id: draft, ...seen } = await versionRow(key, number);
    let { revision } = seen;
    const texts = Object.entries(version.texts).map(([locale, text]) => ({ locale, ...text }));
    ({ revision } = await savePolicyDraft(officer.actor, { key, draft, revision, texts, changeNote: version.changeNote, asking: version.editorial ? "editorial" : "ask" }));
    ({ revision } = await savePolicyCitations(officer.actor, { key, draft, revision, citations: citationsOf(version) }));
    await proposePolicyVersion(officer.actor, { key, draft, revision });
    await publishPolicyVersion(approver.actor, { requestId: randomUUID(), key, draft, version: number, revision, replaces: number === 1 ? null : number - 1, when: "now", inForceFrom: null });
  });
}

async function versionRow(key: string, number: number): Promise<{ id: string; revision: number }> {
  return database().policyVersion.findFirstOrThrow({ where: { policy: { key }, number }, select: { id: true, revision: true } });
}

/** Headings become the clauses that rendering gives them. */
function citationsOf(version: SamplePolicyVersion): { clause: string; uses: string[] }[] {
  const english = version.texts["en"];
  if (!english) return [];
  const { clauses } = renderMarkdown(english.markdown);
  return version.cites.map(({ heading, uses }) => {
    const clause = clauses.find((one) => one.heading === heading);
    if (!clause) throw new Error(`no clause “${heading}”`);
    return { clause: clause.id, uses: [...uses] };
  });
}

const corpus = path.resolve(import.meta.dirname, "../corpus/37signals-privacy-policy");

/** Imports the real history of a real policy, and has it published, as reading matter: nobody is asked about it. */
export async function publishImportedHistory({ officer, approver }: Publishers, at: Date): Promise<void> {
  const key = "37signals-privacy";
  const files = readdirSync(corpus)
    .filter((name) => /\.(md|json)$/.test(name) && name !== "README.md")
    .map((name) => ({ path: name, bytes: new Uint8Array(readFileSync(path.join(corpus, name))) }));
  await inStory(at, async () => {
    await importPolicyHistory(
      officer.actor,
      { into: "new", requestId: randomUUID(), title: "37signals (Basecamp) privacy policy", key, audience: "everybody", asks: "nothing", locale: "en" },
      files,
    );
    const last = await database().policyVersion.findFirstOrThrow({ where: { policy: { key } }, orderBy: { number: "desc" }, select: { id: true, number: true, revision: true } });
    await publishPolicyVersion(approver.actor, { requestId: randomUUID(), key, draft: last.id, version: last.number, revision: last.revision, replaces: last.number - 1, when: "now", inForceFrom: null });
  });
}
