import { longestChangeNote, longestPolicyText, longestPolicyTitle } from "@/lib/contract/policy";
import { Refusal, type Fault } from "@/lib/domain/refusal";
import type { ImportFault } from "@/lib/text/import-limits";
import { type HistoryInput, type PolicyHistory, readPolicyHistory } from "@/lib/text/policy-history";
import { unzip } from "@/lib/text/unzip";

/**
 * Reads what was chosen for an import: one .zip, or the files themselves.
 * @throws Refusal `invalid`, one fault for each thing that is wrong
 */
export function readImportFiles(files: readonly HistoryInput[]): { readonly history: PolicyHistory; readonly warnings: readonly ImportFault[] } {
  const archives = files.filter((file) => file.path.toLowerCase().endsWith(".zip"));
  const [archive] = archives;
  if (archive && files.length > 1) throw unreadable([{ path: archive.path, message: "Choose one .zip archive alone, or the files themselves." }]);
  const unpacked = archive ? unzip(archive.bytes) : { ok: true as const, files };
  if (!unpacked.ok) throw unreadable(unpacked.faults.map((fault) => ({ ...fault, path: fault.path || (archive?.path ?? "") })));
  const reading = readPolicyHistory(unpacked.files);
  if (!reading.ok) throw unreadable(reading.faults);
  const tooLong = reading.history.versions.flatMap((version) => [
    ...(version.markdown.length > longestPolicyText ? [{ path: version.file, message: `The text is too long: at most ${longestPolicyText.toLocaleString("en")} characters.` }] : []),
    ...((version.title ?? "").length > longestPolicyTitle ? [{ path: version.file, message: `The title is too long: at most ${longestPolicyTitle} characters.` }] : []),
  ]);
  if (tooLong.length > 0) throw unreadable(tooLong);
  return { history: storable(reading.history), warnings: reading.warnings };
}

/** Faults of files go under `files`, each with the file's own path in front. */
export function unreadable(faults: readonly Fault[]): Refusal {
  const message = faults.length === 1 ? "One thing in these files needs another look. Nothing was imported." : `${faults.length} things in these files need another look. Nothing was imported.`;
  return new Refusal("invalid", message, { faults: faults.map((fault) => ({ path: "files", message: fault.path ? `${fault.path}: ${fault.message}` : fault.message })) });
}


/** Names and summaries as the database and canonical JSON can keep them: one line of well-formed text each. */
function storable(history: PolicyHistory): PolicyHistory {
  return {
    title: line(history.title),
    source: line(history.source),
    licence: line(history.licence),
    attribution: line(history.attribution),
    versions: history.versions.map((version) => ({ ...version, title: line(version.title), summary: line(version.summary)?.slice(0, longestChangeNote) ?? null })),
  };
}

function line(value: string | null): string | null {
  return value?.replace(/\p{Surrogate}/gu, "\ufffd").replace(/\p{Cc}+/gu, " ").trim() || null;
}
