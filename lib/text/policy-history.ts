import { type HistoryEntry, readHistoryFile } from "@/lib/text/history-file";
import { type ImportFault, type ImportFile, importLimits, isClutter, safePath } from "@/lib/text/import-limits";
import { readDayOrInstant } from "@/lib/text/instant";
import { type PolicySource, readPolicySource } from "@/lib/text/policy-source";

/** A file to import; where no `history.json` says it, `date` (ISO 8601; a day alone is its first moment in UTC) and `summary` do. */
export type HistoryInput = ImportFile & { readonly date?: string | undefined; readonly summary?: string | undefined };

export type HistoryVersion = PolicySource & {
  /** 1 for the oldest. */
  readonly ordinal: number;
  readonly file: string;
  readonly inForceFrom: Date;
  readonly summary: string | null;
  readonly sourceCommit: string | null;
};

/** A policy's texts in the order they came into force, with where they come from. */
export type PolicyHistory = {
  readonly title: string | null;
  readonly source: string | null;
  readonly licence: string | null;
  readonly attribution: string | null;
  readonly versions: readonly HistoryVersion[];
};

/** Warnings never stop an import; one fault does, and then nothing of it is taken. */
export type HistoryReading =
  | { readonly ok: true; readonly history: PolicyHistory; readonly warnings: readonly ImportFault[] }
  | { readonly ok: false; readonly faults: readonly ImportFault[]; readonly warnings: readonly ImportFault[] };

type Named = { readonly title: string | null; readonly source: string | null; readonly licence: string | null; readonly attribution: string | null; readonly entries: readonly HistoryEntry[] };

/**
 * Reads a policy's history from files: those of a folder or an archive with a `history.json` at any depth, or single
 * texts with their dates. Every fault is returned at once, each with its place and what to do.
 */
export function readPolicyHistory(files: readonly HistoryInput[]): HistoryReading {
  const faults: ImportFault[] = [];
  const warnings: ImportFault[] = [];
  const usable = withinLimits(files, faults);
  const histories = [...usable.keys()].filter((path) => path === "history.json" || path.endsWith("/history.json"));
  const [only] = histories;
  for (const path of histories.length > 1 ? histories : []) {
    faults.push({ path, message: "There is more than one history.json. Import one policy at a time." });
  }
  if (usable.size === 0 && faults.length === 0) faults.push({ path: "", message: "There are no files. Choose a folder, a .zip archive or Markdown files." });
  if (faults.length > 0) return { ok: false, faults, warnings };

  const named = only === undefined ? fromDates(usable, faults) : fromHistoryFile(only, usable, faults, warnings);
  refuseSameInstant(named.entries, faults);
  const read: Omit<HistoryVersion, "ordinal">[] = [];
  for (const entry of named.entries) {
    const file = usable.get(entry.file);
    if (!file) continue;
    const reading = readPolicySource(file.bytes);
    if (!reading.ok) {
      faults.push({ path: entry.file, message: reading.message });
      continue;
    }
    warnings.push(...reading.source.warnings.map((message) => ({ path: entry.file, message })));
    read.push({ ...reading.source, file: entry.file, inForceFrom: entry.inForceFrom, summary: entry.summary, sourceCommit: entry.sourceCommit });
  }
  if (faults.length > 0) return { ok: false, faults, warnings };
  read.sort((a, b) => a.inForceFrom.getTime() - b.inForceFrom.getTime());
  const versions = read.map((version, index) => ({ ...version, ordinal: index + 1 }));
  const { title, source, licence, attribution } = named;
  return { ok: true, history: { title: title ?? versions.at(-1)?.title ?? null, source, licence, attribution, versions }, warnings };
}

function withinLimits(files: readonly HistoryInput[], faults: ImportFault[]): Map<string, HistoryInput> {
  const usable = new Map<string, HistoryInput>();
  let total = 0;
  for (const file of files) {
    const path = safePath(file.path);
    if (path === null) {
      faults.push({ path: file.path.slice(0, 200), message: "Its path leads out of the folder. Choose the folder itself." });
      continue;
    }
    if (isClutter(path)) continue;
    total += file.bytes.length;
    if (usable.has(path)) faults.push({ path, message: "There are two files of this name. Keep one of them." });
    if (file.bytes.length > importLimits.fileBytes) faults.push({ path, message: `It is larger than ${importLimits.fileBytes / 1024 / 1024} MB. Leave it out or shorten it.` });
    usable.set(path, file);
  }
  if (usable.size > importLimits.files) faults.push({ path: "", message: `There are more than ${importLimits.files} files. Leave out what is not policy text.` });
  if (total > importLimits.totalBytes) faults.push({ path: "", message: `Together the files are larger than ${importLimits.totalBytes / 1024 / 1024} MB. Leave out what is not policy text.` });
  return usable;
}

function fromHistoryFile(path: string, files: ReadonlyMap<string, HistoryInput>, faults: ImportFault[], warnings: ImportFault[]): Named {
  const folder = path.slice(0, path.length - "history.json".length);
  const before = faults.length;
  const history = readHistoryFile(path, files.get(path)?.bytes ?? new Uint8Array(), faults, warnings);
  const entries = history.entries.map((entry) => ({ ...entry, file: folder + entry.file }));
  for (const entry of entries) {
    if (!files.has(entry.file)) faults.push({ path: `${entry.pointer}/file`, message: `The file ${entry.file} is not there. Add it, or take this version out of history.json.` });
  }
  // While the history itself cannot be read, that a file is not named in it says nothing.
  for (const each of history.named.size === 0 && faults.length > before ? [] : files.keys()) {
    const isNamed = each === path || (each.startsWith(folder) && history.named.has(each.slice(folder.length)));
    if (!isNamed && !isCompanion(each)) warnings.push({ path: each, message: "history.json does not name this file, so it was left out." });
  }
  return { ...history, entries };
}

function fromDates(files: ReadonlyMap<string, HistoryInput>, faults: ImportFault[]): Named {
  const entries: HistoryEntry[] = [];
  for (const [path, file] of files) {
    const given = file.date?.trim() ?? "";
    const inForceFrom = given === "" ? null : readDayOrInstant(given);
    if (!/\.(md|markdown|mdown|txt)$/i.test(path)) {
      faults.push({ path, message: "This is not a Markdown or text file. Leave it out, or import a .zip with a history.json." });
    } else if (given === "") {
      faults.push({ path, message: "Its date is missing. Say from when it was in force, or add a history.json that does." });
    } else if (inForceFrom === null) {
      faults.push({ path, message: `"${given.slice(0, 60)}" is not a date. Write it like 2021-05-04 or 2021-05-04T09:00:00+02:00.` });
    } else {
      entries.push({ pointer: path, file: path, inForceFrom, summary: file.summary?.trim() || null, sourceCommit: null });
    }
  }
  return { title: null, source: null, licence: null, attribution: null, entries };
}

function refuseSameInstant(entries: readonly HistoryEntry[], faults: ImportFault[]): void {
  const first = new Map<number, HistoryEntry>();
  for (const entry of entries) {
    const other = first.get(entry.inForceFrom.getTime());
    if (other) faults.push({ path: entry.pointer, message: `${entry.file} and ${other.file} come into force at the same moment. Give one of them another time.` });
    else first.set(entry.inForceFrom.getTime(), entry);
  }
}

/** Files that go with a history without being part of it. */
function isCompanion(path: string): boolean {
  return /(^|\/)(readme|licen[cs]e|copying|notice)(\.\w+)?$/i.test(path);
}
