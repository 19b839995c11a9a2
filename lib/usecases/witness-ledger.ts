import { database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { compareWithWitness, setWitnessAside, witnessLedger as bringOut, type WitnessState } from "@/lib/data/ledger/witness";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";

/** Brings the newest checkpoint, and the leaves beneath it, out of the house, if there is something new. For the worker. */
export async function witnessLedger(actor: Actor): Promise<WitnessState["state"]> {
  requireHouse(actor);
  return (await bringOut()).state;
}

/**
 * After a backup was restored, the ledger ends earlier than was seen outside, or goes on differently from there. Says so
 * in an entry, sets what was seen aside (it stays in the folder), and lets the witness begin anew.
 * Throws `nothing-changed` where the ledger continues what was seen.
 */
export async function acceptRestoredLedger(actor: Actor, now: Date): Promise<{ readonly gone: number; readonly aside: string }> {
  requireHouse(actor);
  const { state, ledger, witnessed } = await compareWithWitness(database());
  if ((state !== "behind" && state !== "forked") || witnessed === null) {
    throw new Refusal("nothing-changed", "The ledger continues what was seen outside the house, so there is nothing to accept.");
  }
  const size = ledger?.size ?? 0;
  const aside = `before-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  await writeToLedger<void>(
    { house: true },
    `restored over ${witnessed.size} ${witnessed.root}`,
    async ({ append }) => void append({ kind: "ledger-restored", v: 1, size, witnessedSize: witnessed.size, witnessedRoot: Buffer.from(witnessed.root, "base64").toString("hex") }),
    async () => undefined,
  );
  await setWitnessAside(aside);
  await bringOut();
  return { gone: Math.max(0, witnessed.size - size), aside };
}

function requireHouse(actor: Actor): void {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
}
