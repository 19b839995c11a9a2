import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type HistoryInput, type PolicyHistory, readPolicyHistory } from "@/lib/text/policy-history";

const folder = fileURLToPath(new URL("../../prisma/corpus/37signals-privacy-policy/", import.meta.url));

/** The real policy history the project ships: every file of its folder, as a folder upload would name them. */
export function corpusFiles(): HistoryInput[] {
  return readdirSync(folder).map((name) => ({ path: `37signals-privacy-policy/${name}`, bytes: new Uint8Array(readFileSync(folder + name)) }));
}

export function corpusHistory(): PolicyHistory {
  const reading = readPolicyHistory(corpusFiles());
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.history;
}
