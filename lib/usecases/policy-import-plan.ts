import { randomUUID } from "node:crypto";
import type { ImportSummary } from "@/lib/contract/policy-views";
import { fromHex } from "@/lib/data/digest";
import type { PolicyRow } from "@/lib/data/policies";
import { policyTextDigest } from "@/lib/data/policy-digests";
import type { ImportedRow, KnownVersion } from "@/lib/data/policy-imports";
import type { Fault } from "@/lib/domain/refusal";
import type { HistoryVersion, PolicyHistory } from "@/lib/text/policy-history";
import { unreadable } from "@/lib/usecases/policy-import-files";

/** What an import adds to what is there. */
export type ImportPlan = {
  readonly known: readonly KnownVersion[];
  /** Oldest first; the first gets the number `next`. */
  readonly fresh: readonly HistoryVersion[];
  /** What is here already, and under which number. */
  readonly here: ReadonlyMap<HistoryVersion, number>;
  readonly next: number;
};

/** What is new and what is here; a history only grows at its end, and nothing is written over. */
export function planImport(known: readonly KnownVersion[], history: PolicyHistory, now: Date): ImportPlan {
  const byMoment = new Map(known.flatMap((one) => (one.inForceFrom ? [[one.inForceFrom.getTime(), one] as const] : [])));
  const last = known.at(-1);
  const written = known.find((one) => one.origin === "written");
  const here = new Map<HistoryVersion, number>();
  const faults: Fault[] = [];
  const fresh = history.versions.filter((version) => {
    const one = byMoment.get(version.inForceFrom.getTime());
    if (one && one.sourceDigest === version.sourceDigest) {
      here.set(version, one.number);
      return false;
    }
    const message = one
      ? `Version ${one.number} came into force at the same moment (${version.inForceFrom.toISOString()}) with another text. One moment has one text.`
      : written
        ? `Version ${written.number} of this policy was written here, so its imported history has ended. Import into another policy.`
        : last?.inForceFrom && version.inForceFrom < last.inForceFrom
          ? `It is from before version ${last.number}, the newest here. A history only grows at its end.`
          : version.inForceFrom > now
            ? "Its date is in the future. Write it here and schedule it instead."
            : null;
    if (message) faults.push({ path: version.file, message });
    return true;
  });
  if (faults.length > 0) throw unreadable(faults);
  return { known, fresh, here, next: (last?.number ?? 0) + 1 };
}

/** The rows of what is new, each behind the one before it. */
export function rowsOf(plan: ImportPlan, locale: string, policyTitle: string): ImportedRow[] {
  let replacesId = plan.known.at(-1)?.id ?? null;
  return plan.fresh.map((version, index) => {
    const text = { locale, title: version.title ?? policyTitle, markdown: version.markdown };
    const row: ImportedRow = {
      id: randomUUID(),
      number: plan.next + index,
      replacesId,
      inForceFrom: version.inForceFrom,
      changeNote: version.summary ?? "",
      sourceDigest: fromHex(version.sourceDigest),
      sourceFile: version.file,
      text: { ...text, digest: policyTextDigest(text) },
    };
    replacesId = row.id;
    return row;
  });
}

/** What the import does, or did, for whoever imports. */
export function summaryOf(policy: Pick<PolicyRow, "key" | "title">, isNew: boolean, history: PolicyHistory, warnings: ImportSummary["warnings"], plan: ImportPlan, imported: boolean): ImportSummary {
  const [first] = history.versions;
  const last = history.versions.at(-1);
  if (!first || !last) throw unreadable([{ path: "", message: "There is no version in these files." }]);
  const freshAt = new Map(plan.fresh.map((version, index) => [version, plan.next + index]));
  return {
    policy: { key: policy.key, title: policy.title, isNew },
    found: history.versions.length,
    added: plan.fresh.length,
    alreadyHere: plan.here.size,
    from: first.inForceFrom,
    until: last.inForceFrom,
    versions: history.versions.map((version) => ({
      number: freshAt.get(version) ?? plan.here.get(version) ?? version.ordinal,
      file: version.file,
      title: version.title ?? policy.title,
      inForceFrom: version.inForceFrom,
      summary: version.summary ?? "",
      isNew: freshAt.has(version),
    })),
    warnings,
    imported,
  };
}

/** The same, as it was said when these numbers were added: an import that is sent twice says twice what it did. */
export function withAdded(summary: ImportSummary, added: ReadonlySet<number>): ImportSummary {
  const versions = summary.versions.map((version) => ({ ...version, isNew: added.has(version.number) }));
  return { ...summary, versions, added: added.size, alreadyHere: summary.found - added.size };
}
