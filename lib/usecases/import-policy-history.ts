import { keyFromName } from "@/lib/contract/text";
import { longestPolicyTitle, type PolicyImport } from "@/lib/contract/policy";
import type { ImportSummary } from "@/lib/contract/policy-views";
import { database, type Tx } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { writeToLedger } from "@/lib/data/ledger/write";
import { lockPolicy, type PolicyRow } from "@/lib/data/policies";
import { insertPolicy } from "@/lib/data/policy-drafts";
import { insertImported, knownVersions, moveDraft, nameSource, standDraftBehind, type KnownVersion } from "@/lib/data/policy-imports";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import type { HistoryInput, PolicyHistory } from "@/lib/text/policy-history";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { readImportFiles } from "@/lib/usecases/policy-import-files";
import { planImport, rowsOf, summaryOf, withAdded } from "@/lib/usecases/policy-import-plan";
import { noSuchPolicy } from "@/lib/usecases/policy-refusals";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Imports a policy's history: all of it or nothing. What is here already stays as it is; importing again changes nothing.
 * Nothing becomes public until a second person publishes the newest version.
 * @param files the texts with their `history.json`, one .zip of them, or single texts with dates
 * @throws Refusal `invalid` with one fault per file; `name-taken`; `not-found`
 */
export async function importPolicyHistory(actor: Actor, input: PolicyImport, files: readonly HistoryInput[]): Promise<ImportSummary> {
  authorise(actor, "policy.import");
  const { history, warnings } = readImportFiles(files);
  return writeToLedger(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "policy.import");
      const { policy, isNew } = await settlePolicy(tx, input, history);
      const plan = planImport(await knownVersions(tx, policy.id), history, now);
      const summary = summaryOf(policy, isNew, history, warnings, plan, true);
      if (plan.fresh.length === 0) return summary;
      const rows = rowsOf(plan, input.locale, policy.title);
      // First out of the way: its number may be one of theirs.
      await moveDraft(tx, policy.id, plan.next + rows.length);
      await insertImported(tx, policy.id, actor.id, rows);
      await standDraftBehind(tx, policy.id, rows.at(-1)?.id ?? null);
      await nameSource(tx, policy.id, history);
      append({
        kind: "policy-imported",
        v: 1,
        policy: policy.key,
        versions: plan.fresh.map((version, index) => ({ number: plan.next + index, sourceDigest: version.sourceDigest, inForceFrom: version.inForceFrom.toISOString() })),
      });
      return summary;
    },
    async (tx, entries) => {
      const sent = new Set(history.versions.map((version) => version.sourceDigest));
      const entry = sameRequest(entries, "policy-imported", (one) => one.versions.every((version) => sent.has(version.sourceDigest)) && (input.into === "new" || input.key === one.policy));
      const policy = await lockPolicy(tx, entry.policy);
      if (!policy) throw noSuchPolicy();
      const plan = planImport(await knownVersions(tx, policy.id), history, await databaseNow(tx));
      const added = new Set(entry.versions.map((version) => version.number));
      return withAdded(summaryOf(policy, policy.id === input.requestId, history, warnings, plan, true), added);
    },
  );
}

/** Says what {@link importPolicyHistory} would do, and what is wrong, without doing it. */
export async function checkPolicyHistory(actor: Actor, input: PolicyImport, files: readonly HistoryInput[]): Promise<ImportSummary> {
  authorise(actor, "policy.import");
  const { history, warnings } = readImportFiles(files);
  const tx = database();
  const target = await findTarget(tx, input, history);
  const plan = planImport(target.known, history, await databaseNow(tx));
  return summaryOf(target.policy, target.isNew, history, warnings, plan, false);
}

type Target = { readonly policy: Pick<PolicyRow, "key" | "title">; readonly id: string | null; readonly isNew: boolean; readonly known: readonly KnownVersion[] };

/** Which policy is meant. A history that is here already under the short name it would get is that policy, not a new one. */
async function findTarget(tx: Tx, input: PolicyImport, history: PolicyHistory): Promise<Target> {
  if (input.into === "existing") {
    const policy = await lockPolicy(tx, input.key);
    if (!policy) throw noSuchPolicy();
    return { policy, id: policy.id, isNew: false, known: await knownVersions(tx, policy.id) };
  }
  const { title, key } = namesOf(input, history);
  const policy = await lockPolicy(tx, key);
  if (!policy) return { policy: { key, title }, id: null, isNew: true, known: [] };
  const known = await knownVersions(tx, policy.id);
  const isSame = history.versions.some((version) => known.some((one) => one.sourceDigest === version.sourceDigest && one.inForceFrom?.getTime() === version.inForceFrom.getTime()));
  if (!isSame) {
    const message = `“${policy.title}” already has the short name ${key}. Choose another one, or import into that policy.`;
    throw new Refusal("name-taken", message, { faults: [{ path: "key", message }] });
  }
  return { policy, id: policy.id, isNew: false, known };
}

function namesOf(input: Extract<PolicyImport, { into: "new" }>, history: PolicyHistory): { title: string; key: string } {
  const title = (input.title ?? history.title ?? "").slice(0, longestPolicyTitle);
  if (!title) throw new Refusal("invalid", "Give the policy a title.", { faults: [{ path: "title", message: "The history names no title. Write one." }] });
  const key = input.key ?? keyFromName(title);
  if (!key) throw new Refusal("invalid", "Give the policy a short name.", { faults: [{ path: "key", message: "Write a short name, such as privacy-policy." }] });
  return { title, key };
}

async function settlePolicy(tx: Tx, input: PolicyImport, history: PolicyHistory): Promise<{ policy: PolicyRow; isNew: boolean }> {
  const target = await findTarget(tx, input, history);
  if (target.isNew && input.into === "new") {
    await insertPolicy(tx, { requestId: input.requestId, ...target.policy, audience: input.audience, asks: input.asks });
  }
  const policy = await lockPolicy(tx, target.policy.key);
  if (!policy) throw noSuchPolicy();
  return { policy, isNew: target.isNew };
}
