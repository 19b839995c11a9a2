import { AsyncLocalStorage } from "node:async_hooks";
import { database, type Tx } from "@/lib/data/client";
import { canonicalJson, fromHex, sha256, toHex } from "@/lib/data/digest";
import { Gate } from "@/lib/data/gate";
import { signCheckpoint } from "@/lib/data/ledger/checkpoint";
import { personOf, subjectOf, type By, type Entry, type Fact } from "@/lib/domain/entry";
import { grow, leafHash, peaksOf, rootOf } from "@/lib/domain/merkle";
import { Refusal } from "@/lib/domain/refusal";

/** The one advisory lock under which the ledger grows; any number, the same in every process. */
const ledgerLock = 4_841_534_275n;
/** Acts wait for one another anyway; waiting here they leave the pool's other connections to pages. */
const gate = new Gate(3);
const nothingBefore = "00".repeat(32);

export type Appended = { readonly index: bigint; readonly leaf: Uint8Array; readonly entry: Entry };

/** What an act sees inside the door: the transaction, the moment (the database's), and how to append. */
export type Door = {
  readonly tx: Tx;
  readonly now: Date;
  /** Places the fact in the ledger. It is written when the act returns, in the same transaction as what it changed. */
  append(fact: Fact): Appended;
};

/**
 * The one door to the ledger. Runs `act` in a transaction under the ledger's lock; what it appends and what it changes
 * are committed together or not at all, and the new checkpoint is signed inside.
 *
 * `requestId` makes sending twice harmless: the second time nothing runs, and `replay` answers from the entries that the
 * first one wrote. The same id by somebody else is refused with `idempotency-conflict`.
 */
export async function writeToLedger<T>(
  by: By,
  requestId: string,
  act: (door: Door) => Promise<T>,
  replay: (tx: Tx, entries: readonly Entry[]) => Promise<T>,
): Promise<T> {
  return gate.pass(() => database().$transaction(async (tx) => {
    const head = await lockHead(tx, story.getStore() ?? null);
    const before = await tx.ledgerEntry.findMany({ where: { requestId }, orderBy: { requestPosition: "asc" }, select: { body: true } });
    if (before.length > 0) {
      const entries = before.map((row) => parseEntry(row.body));
      if (entries.some((entry) => canonicalJson(entry.by) !== canonicalJson(by))) {
        throw new Refusal("idempotency-conflict", "This request was already made by somebody else. Reload the page and try again.");
      }
      return replay(tx, entries);
    }
    const appended: Appended[] = [];
    const door: Door = {
      tx,
      now: head.now,
      append(fact) {
        const last = appended.at(-1);
        const index = head.size + BigInt(appended.length);
        const previous = last ? toHex(last.leaf) : head.previous;
        const entry: Entry = { ...fact, index: Number(index), at: head.now.toISOString(), previous, by };
        const leaf = leafHash(sha256, Buffer.from(canonicalJson(entry), "utf8"));
        const made = { index, leaf, entry };
        appended.push(made);
        return made;
      },
    };
    const result = await act(door);
    await insert(tx, head, requestId, appended);
    return result;
  }));
}

const story = new AsyncLocalStorage<Date>();

/**
 * Everything that `act` writes to the ledger happens at this moment instead of now: for sample data, whose story took
 * place over years. The ledger takes moments only in ascending order, so nothing slips behind what is already there.
 */
export function inStory<T>(moment: Date, act: () => Promise<T>): Promise<T> {
  return story.run(moment, act);
}

type Head = { size: bigint; previous: string; peaks: Uint8Array[]; now: Date };

/** Takes the lock, then reads: whoever comes next waits here and sees what we wrote. */
async function lockHead(tx: Tx, moment: Date | null): Promise<Head> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${ledgerLock})::text`;
  const [row] = await tx.$queryRaw<{ size: bigint; leaf: Uint8Array | null; now: Date }[]>`
    SELECT COALESCE(e.index + 1, 0) AS size, e.leaf,
           date_trunc('milliseconds', GREATEST(COALESCE(${moment}::timestamptz, clock_timestamp()), e.recorded_at)) AS now
      FROM (SELECT 1) one LEFT JOIN (SELECT index, leaf, recorded_at FROM ledger_entry ORDER BY index DESC LIMIT 1) e ON true`;
  if (!row) throw new Error("the ledger's head cannot be read");
  const wanted = peaksOf(row.size);
  const found = wanted.length
    ? await tx.ledgerNode.findMany({ where: { OR: wanted }, orderBy: { level: "desc" }, select: { hash: true } })
    : [];
  if (found.length !== wanted.length) throw new Error("the ledger's tree does not match its entries; verify it before writing");
  return { size: row.size, previous: row.leaf ? toHex(row.leaf) : nothingBefore, peaks: found.map((node) => node.hash), now: row.now };
}

async function insert(tx: Tx, head: Head, requestId: string, appended: readonly Appended[]): Promise<void> {
  if (appended.length === 0) return;
  const grown = grow(sha256, head.size, head.peaks, appended.map((one) => one.leaf));
  const root = rootOf(sha256, grown.peaks);
  await tx.ledgerEntry.createMany({
    data: appended.map(({ index, leaf, entry }, position) => ({
      index,
      kind: entry.kind,
      body: canonicalJson(entry),
      leaf: new Uint8Array(leaf),
      previous: fromHex(entry.previous),
      recordedAt: head.now,
      personId: personOf(entry),
      staffId: "staff" in entry.by ? entry.by.staff : null,
      subject: subjectOf(entry),
      requestId,
      requestPosition: position,
    })),
  });
  await tx.ledgerNode.createMany({ data: grown.nodes.map((node) => ({ ...node, hash: new Uint8Array(node.hash) })) });
  await tx.ledgerCheckpoint.create({
    data: { size: grown.size, root: new Uint8Array(root), note: signCheckpoint(grown.size, root), signedAt: head.now },
  });
}

/** Reads an entry back from its canonical bytes; it was checked when written, and the leaf still vouches for it. */
export function parseEntry(body: string): Entry {
  return JSON.parse(body) as Entry;
}
