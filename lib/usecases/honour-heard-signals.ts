import { readConcernedUses, readSignalledWithoutNo } from "@/lib/data/signals";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { objectBySignal } from "@/lib/usecases/honour-signal";

/** People objected for together: they share groups of the ledger. */
const atOnce = 200;

/**
 * Global Privacy Control that was heard before a use came into force that sells, shares or targets: its absence since then
 * is no opt-in (CCPA regulations § 7025). Decisions honour it from that moment (`signalStands`); here the objection is
 * written, so that it can be shown and proven. So is one that was lost with a process between hearing and writing.
 * @param before what this gave back the last time, or nothing: without a new version there is nothing to do
 */
export async function honourHeardSignals(actor: Actor, before: string): Promise<string> {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
  const uses = await readConcernedUses();
  const inForce = uses.map(({ id, version }) => `${id}@${version}`).join(" ");
  if (inForce === before || uses.length === 0) return inForce;
  for (let people = await readSignalledWithoutNo(uses, null, atOnce); people.length > 0; people = await readSignalledWithoutNo(uses, people.at(-1)!, atOnce)) {
    await Promise.all(people.map((person) => objectBySignal(person, { house: true })));
  }
  return inForce;
}
