import { type ImportFault, safePath } from "@/lib/text/import-limits";
import { decodeText } from "@/lib/text/policy-source";
import { readInstant } from "@/lib/text/instant";

/** One line of a `history.json`: which file came into force when. `pointer` is its place in the file. */
export type HistoryEntry = { readonly pointer: string; readonly file: string; readonly inForceFrom: Date; readonly summary: string | null; readonly sourceCommit: string | null };

export type HistoryFile = {
  readonly title: string | null;
  readonly source: string | null;
  readonly licence: string | null;
  readonly attribution: string | null;
  readonly entries: readonly HistoryEntry[];
  /** Every file the history names, also where the rest of its line is faulty. */
  readonly named: ReadonlySet<string>;
};

const topFields = ["title", "source", "licence", "attribution", "versions"];
const versionFields = ["file", "committedAt", "summary", "sourceCommit"];
const longestLine = 2000;

/**
 * Reads a `history.json`: `{title?, source?, licence?, attribution?, versions: [{file, committedAt, summary?, sourceCommit?}]}`.
 * Faults and warnings go onto the given lists, each with its place as a JSON Pointer (RFC 6901) after `#`.
 */
export function readHistoryFile(path: string, bytes: Uint8Array, faults: ImportFault[], warnings: ImportFault[]): HistoryFile {
  const named = new Set<string>();
  const nothing: HistoryFile = { title: null, source: null, licence: null, attribution: null, entries: [], named };
  const fault = (pointer: string, message: string) => void faults.push({ path: pointer ? `${path}#${pointer}` : path, message });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return fault("", decoded.message), nothing;
  let json: unknown;
  try {
    json = JSON.parse(decoded.text);
  } catch (error) {
    return fault("", `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}. Correct it and try again.`), nothing;
  }
  if (!isRecord(json)) return fault("", "It must be one object with a list named versions."), nothing;
  const warnUnknown = (record: Record<string, unknown>, known: readonly string[], pointer: string) => {
    for (const key of Object.keys(record)) {
      if (!known.includes(key)) warnings.push({ path: `${path}#${pointer}/${escapePointer(key)}`, message: `"${key.slice(0, 60)}" is not used here and was left out.` });
    }
  };
  const line = (record: Record<string, unknown>, key: string, pointer: string): string | null => {
    const value = record[key];
    if (value === undefined || value === null) return null;
    if (typeof value !== "string") return fault(`${pointer}/${key}`, "It must be a text in quotation marks."), null;
    if (value.length > longestLine) return fault(`${pointer}/${key}`, `It must be at most ${longestLine} characters long.`), null;
    return value.trim() || null;
  };
  warnUnknown(json, topFields, "");
  const top = { title: line(json, "title", ""), source: line(json, "source", ""), licence: line(json, "licence", ""), attribution: line(json, "attribution", "") };
  const versions = json.versions;
  if (!Array.isArray(versions) || versions.length === 0) {
    return fault("/versions", "It must be a list of at least one version, each with file and committedAt."), nothing;
  }
  const entries: HistoryEntry[] = [];
  versions.forEach((version: unknown, index) => {
    const pointer = `/versions/${index}`;
    if (!isRecord(version)) return fault(pointer, "It must be an object with file and committedAt.");
    warnUnknown(version, versionFields, pointer);
    const summary = line(version, "summary", pointer);
    const sourceCommit = line(version, "sourceCommit", pointer);
    const file = typeof version.file === "string" ? safePath(version.file) : null;
    if (file === null) fault(`${pointer}/file`, "It must name a file in the same folder, such as \"001.md\".");
    else named.add(file);
    const inForceFrom = typeof version.committedAt === "string" ? readInstant(version.committedAt) : null;
    if (inForceFrom === null) {
      fault(`${pointer}/committedAt`, "It must be a date and time with its offset, such as \"2021-05-04T09:00:00+02:00\".");
    } else if (file !== null) {
      entries.push({ pointer: `${path}#${pointer}`, file, inForceFrom, summary, sourceCommit });
    }
  });
  return { ...top, entries, named };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 60);
}
