import { database } from "@/lib/data/client";
import { endMemory } from "@/lib/data/memory";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";

/** Takes away what was remembered under permissions that ran out, and what was frozen long enough; tells how much. */
export async function endRemembered(actor: Actor): Promise<number> {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
  return endMemory(database());
}
