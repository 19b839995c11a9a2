import { stat } from "node:fs/promises";
import path from "node:path";
import type { Tx } from "@/lib/data/client";
import { compareWithWitness, type WitnessState } from "@/lib/data/ledger/witness";
import { readWitnessed } from "@/lib/data/ledger/witness-folder";
import { settings } from "@/lib/data/settings/settings";

/** How the ledger stands against what left the house, and since when; `waitingSince`: the first entry that was not seen yet. */
export type Outside = { readonly state: WitnessState["state"]; readonly size: number; readonly seenAt: Date | null; readonly waitingSince: Date | null };

/** Null where the witness folder cannot be read from here. */
export async function readOutside(db: Tx): Promise<Outside | null> {
  const { folder } = settings().witness;
  let seenAt: Date | null;
  try {
    // The file is put there anew with each checkpoint, so it is as old as the last time that anything was seen.
    seenAt = (await readWitnessed(folder)) === null ? null : (await stat(path.join(folder, "checkpoint"))).mtime;
  } catch {
    return null;
  }
  const { state, witnessed } = await compareWithWitness(db);
  const size = witnessed?.size ?? 0;
  const next = state === "waiting" ? await db.ledgerEntry.findUnique({ where: { index: BigInt(size) }, select: { recordedAt: true } }) : null;
  return { state, size, seenAt, waitingSince: next?.recordedAt ?? null };
}
