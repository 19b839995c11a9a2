import { database, type Tx } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { splitCheckpoint } from "@/lib/data/ledger/checkpoint";
import { orNull, readConsistency } from "@/lib/data/ledger/proofs";
import type { Witnessed } from "@/lib/data/ledger/verify";
import { parseEntry } from "@/lib/data/ledger/write";
import { addCheckpoint, addErasures, addLeaves, noteTold, readTold, readWitnessed, readWitnessedLeaves, setAside, type Erasure, type Witnessing } from "@/lib/data/ledger/witness-folder";
import { settings } from "@/lib/data/settings/settings";
import { isConsistent } from "@/lib/domain/merkle-proofs";

/** Only one process at a time writes to the witness folder; any number but the ledger's own. */
const witnessLock = 4_841_534_276n;
/** Leaves that go out together. */
const chunk = 65_536;

/** How the ledger stands against what left the house. `behind`: entries that were seen are gone; `forked`: others stand in their place. */
export type WitnessState = {
  readonly state: "empty" | "up-to-date" | "waiting" | "behind" | "forked";
  readonly ledger: Witnessing | null;
  readonly witnessed: Witnessing | null;
};

/** Compares the ledger's newest checkpoint with the one in the witness folder. */
export async function compareWithWitness(db: Tx): Promise<WitnessState> {
  const [found, witnessed] = [await db.ledgerCheckpoint.findFirst({ orderBy: { size: "desc" }, select: { note: true } }), await readWitnessed(settings().witness.folder)];
  const ledger = found && { ...splitCheckpoint(found.note), note: found.note };
  const size = ledger?.size ?? 0;
  if (witnessed === null) return { state: size === 0 ? "empty" : "waiting", ledger, witnessed };
  if (ledger === null || size < witnessed.size) return { state: "behind", ledger, witnessed };
  if (size === witnessed.size) return { state: ledger.root === witnessed.root ? "up-to-date" : "forked", ledger, witnessed };
  const proof = await orNull(readConsistency(witnessed.size, size));
  const from = (one: Witnessing) => ({ size: one.size, root: Buffer.from(one.root, "base64") });
  return { state: proof !== null && isConsistent(sha256, proof, from(witnessed), from(ledger)) ? "waiting" : "forked", ledger, witnessed };
}

/**
 * Brings the witness folder up to the ledger's newest checkpoint, if there is something new, and passes the checkpoint
 * on to the address that the operator named. Writes nothing where the ledger does not continue what was seen.
 */
export async function witnessLedger(): Promise<WitnessState> {
  const { folder, url } = settings().witness;
  const state = await database().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${witnessLock})::text`;
      const compared = await compareWithWitness(tx);
      if (compared.state !== "waiting" || compared.ledger === null) return compared;
      const [from, to] = [compared.witnessed?.size ?? 0, compared.ledger.size];
      // Who was forgotten first: what is missing here is forgotten again after a backup, so it must not come late.
      await addErasures(folder, await erasuresBetween(tx, from, to));
      for (let at = from; at < to; at += chunk) {
        const upTo = Math.min(at + chunk, to);
        const leaves = await leavesBetween(tx, at, upTo);
        if (leaves.length !== (upTo - at) * 32) throw new Error("the ledger's tree does not match its entries");
        await addLeaves(folder, at, leaves);
      }
      await addCheckpoint(folder, compared.ledger);
      return { state: "up-to-date" as const, ledger: compared.ledger, witnessed: compared.ledger };
    },
    { timeout: 120_000 },
  );
  if (url !== null && state.state === "up-to-date" && state.ledger !== null && (await readTold(folder)) < state.ledger.size) {
    await post(url, state.ledger.note);
    await noteTold(folder, state.ledger.size);
  }
  return state;
}

/** Sets aside what was witnessed, so that the folder begins anew; nobody writes to it meanwhile. */
export async function setWitnessAside(name: string): Promise<void> {
  await database().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${witnessLock})::text`;
      await setAside(settings().witness.folder, name);
    },
    { timeout: 120_000 },
  );
}

/** What the verification of the whole ledger compares with; null in a folder that has seen nothing. */
export async function witnessedNow(): Promise<Witnessed | null> {
  const { folder } = settings().witness;
  const newest = await readWitnessed(folder);
  return newest && { size: newest.size, root: newest.root, leaves: (from, to) => readWitnessedLeaves(folder, from, to) };
}

async function leavesBetween(db: Tx, from: number, to: number): Promise<Uint8Array> {
  const [row] = await db.$queryRaw<{ leaves: Uint8Array | null }[]>`
    SELECT string_agg(hash, ''::bytea ORDER BY position) AS leaves FROM ledger_node WHERE level = 0 AND position >= ${from}::bigint AND position < ${to}::bigint`;
  return row?.leaves ?? new Uint8Array();
}

async function erasuresBetween(db: Tx, from: number, to: number): Promise<Erasure[]> {
  const rows = await db.ledgerEntry.findMany({
    where: { kind: "person-forgotten", index: { gte: from, lt: to } },
    orderBy: { index: "asc" },
    select: { body: true },
  });
  return rows.flatMap(({ body }) => {
    const entry = parseEntry(body);
    return entry.kind === "person-forgotten" ? [{ index: entry.index, person: entry.person, suppressed: entry.suppressed }] : [];
  });
}

async function post(url: string, note: string): Promise<void> {
  const reply = await fetch(url, { method: "POST", headers: { "content-type": "text/plain; charset=utf-8" }, body: note, redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (!reply.ok) throw new Error(`the witness answered ${reply.status}`);
}
