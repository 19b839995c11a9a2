import { readSignalledWithoutNo, readUnaskedUses } from "@/lib/data/signals";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { gpcConcerns } from "@/lib/domain/signal";
import { objectBySignal } from "@/lib/usecases/honour-signal";

/** People objected for together: they share groups of the ledger. */
const atOnce = 200;

/**
 * Global Privacy Control that was heard before a use came into force that sells, shares or targets and needs no yes: its
 * absence since then is no opt-in (CCPA regulations § 7025), so it becomes an objection now.
 * @param before what this gave back the last time, or nothing: without a new version there is nothing to do
 */
export async function honourHeardSignals(actor: Actor, before: string): Promise<string> {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
  const uses = (await readUnaskedUses()).filter((use) => gpcConcerns(use) !== null);
  const inForce = uses.map(({ id, version }) => `${id}@${version}`).join(" ");
  if (inForce === before || uses.length === 0) return inForce;
  const ids = uses.map(({ id }) => id);
  for (let people = await readSignalledWithoutNo(ids, null, atOnce); people.length > 0; people = await readSignalledWithoutNo(ids, people.at(-1)!, atOnce)) {
    await Promise.all(people.map((person) => objectBySignal(person, { house: true })));
  }
  return inForce;
}
