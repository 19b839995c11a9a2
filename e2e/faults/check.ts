import { z } from "zod";
import { receipt } from "@/lib/contract/answer";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import { requestName } from "@/lib/data/ledger/request-name";
import { inDoubt, type Story } from "./journal";
import { checkLedger, checkRows } from "./check-ledger";
import { actAcknowledgement, type Request } from "./requests";
import type { Stored, StoredEntry } from "./stored";
import { readNote, rootByProof } from "./tree";

/** What came out: figures, and a sentence for everything that is not as it must be. */
export type Findings = {
  readonly entries: number;
  readonly checkpoints: number;
  readonly requests: number;
  readonly acknowledged: number;
  /** Requests that nobody had an answer to when their writer or the database was killed. */
  readonly wereInDoubt: number;
  /** Of these, what had been written all the same: asked again, they found their entries. */
  readonly writtenUnacknowledged: number;
  /** Acknowledged, and not in the ledger as acknowledged. */
  readonly lost: readonly string[];
  /** Written more than once, answered in two ways, or never asked for. */
  readonly doubled: readonly string[];
  /** Whatever else does not hold: gaps, links, the tree, checkpoints, rows. */
  readonly wrong: readonly string[];
};

/**
 * Holds what clients were told against what is stored. The journals must have been read before the database was, while
 * nobody wrote.
 * @param before how many entries there were before the first journal began
 */
export function check(stories: readonly Story[], stored: Stored, before: number): Findings {
  const [lost, doubled, wrong]: [string[], string[], string[]] = [[], [], []];
  const byRequest = new Map<string, StoredEntry[]>();
  for (const entry of stored.entries) add(byRequest, entry.request, entry);
  const notes = new Map(stored.checkpoints.map(({ note, size }) => [note, size]));
  const asked = new Map<string, Story[]>();
  for (const story of stories) add(asked, requestName(story.request.id), story);

  for (const [name, told] of asked) {
    const written = byRequest.get(name) ?? [];
    const { request } = told[0]!;
    const answers = new Set(told.flatMap(({ acknowledged }) => acknowledged));
    if (answers.size > 1) doubled.push(`${request.id} was acknowledged in ${answers.size} ways`);
    if (written.length > countOf(request)) doubled.push(`${request.id} has ${written.length} entries and not ${countOf(request)}`);
    if (written.length > 0 && written.length < countOf(request)) wrong.push(`${request.id} was written in part`);
    for (const bytes of answers) lost.push(...missing(request, bytes, written, stored, notes).map((what) => `${request.id}: ${what}`));
    if (told.some(({ refused }) => refused.length > 0)) {
      if (written.length > 0) wrong.push(`${request.id} was refused and written`);
      const codes = told.flatMap(({ refused }) => refused);
      if (request.kind !== "withdrawal" || codes.some((code) => code !== "nothing-changed")) wrong.push(`${request.id} was refused: ${codes.join(", ")}`);
    }
    if (told.every(inDoubt) && written.length > 0) wrong.push(`${request.id} is written, and still in doubt`);
  }
  for (const { index, request } of stored.entries) if (index >= before && !asked.has(request)) doubled.push(`entry ${index} was never asked for`);
  wrong.push(...checkLedger(stored), ...checkRows(stored));

  const doubted = stories.filter(({ again }) => again !== null);
  return {
    entries: stored.entries.length,
    checkpoints: stored.checkpoints.length,
    requests: asked.size,
    acknowledged: [...asked.values()].filter((told) => told.some(({ acknowledged }) => acknowledged.length > 0)).length,
    wereInDoubt: doubted.length,
    writtenUnacknowledged: doubted.filter(({ request, again }) => (byRequest.get(requestName(request.id))?.[0]?.recordedAt.getTime() ?? Infinity) < again!).length,
    lost,
    doubled,
    wrong,
  };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** How many entries a request makes. */
const countOf = (request: Request): number => (request.kind === "answers" ? request.answers.length : request.kind === "act" ? 2 : 1);

const withdrawal = z.looseObject({ index: z.int(), state: z.string(), recordedAt: z.string(), already: z.boolean() });

/** What of an acknowledgement is not in the ledger, exactly there and exactly so. */
function missing(request: Request, bytes: string, written: readonly StoredEntry[], stored: Stored, notes: ReadonlyMap<string, number>): string[] {
  const value: unknown = JSON.parse(bytes);
  if (request.kind === "withdrawal") {
    const { index, state, recordedAt, already } = withdrawal.parse(value);
    const entry = already ? stored.entries[index] : written[0];
    const same = entry?.index === index && entry.said.person === request.person && entry.said.use === request.use && entry.said.answer === state && entry.said.at === recordedAt;
    return same ? [] : [`the withdrawal acknowledged as entry ${index}`];
  }
  if (request.kind === "act") {
    return actAcknowledgement.parse(value).flatMap(({ index, leaf }, i) => (written[i]?.index === index && written[i].leaf.toString("hex") === leaf ? [] : [`the act acknowledged as entry ${index}`]));
  }
  return z.array(receipt).parse(value).flatMap((given, i) => {
    const entry = written[i];
    const { said } = entry ?? {};
    const same = entry?.index === given.index && entry.leaf.toString("hex") === given.leaf && said?.at === given.recordedAt && said.answer === given.answer && said.person === request.person;
    if (!same) return [`the answer acknowledged as entry ${given.index}`];
    const head = notes.has(given.checkpoint) ? readNote(given.checkpoint, ledgerVerifierKey()) : null;
    if (head === null) return [`the checkpoint acknowledged with entry ${given.index}`];
    const root = rootByProof(entry.leaf, given.index, head.size, given.proof.map((hash) => Buffer.from(hash, "base64")));
    return root?.equals(head.root) ? [] : [`the proof of entry ${given.index}`];
  });
}
