import { rememberItem } from "@/lib/usecases/remember-item";
import type { ProgramActor } from "@/lib/domain/actor";
import type { RememberInput } from "@/lib/contract/memory";
import { demoPeople } from "./sample-people";

/** What the shop remembers for Lena Vogt, who said yes to all of it: one thing under a version that has changed since, one that needs no permission. */
const remembered: readonly (RememberInput & { readonly key: string })[] = [
  { key: "size.boots-and-jacket", value: "Boots 41, jacket M", category: "user.demographic.sizes", use: "boot-and-jacket-size", source: "told", note: "From your profile." },
  { key: "address.delivery", value: "Storgata 12, 9008 Tromsø", category: "user.contact.address", use: "delivery-address", source: "told", note: "From your last order." },
  { key: "bike.interest", value: "Full-suspension trail bikes", category: "user.behavior.interest_in_mountain_bikes", use: "mountain-bike-picks", source: "observed", note: "You looked at several of them." },
  { key: "tour.seat", value: "Window, on the left", category: "user.behavior.seat_choice", use: "tour-seat", version: 2, source: "told" },
  { key: "workshop.last", value: "Brakes bled in March 2026", category: "user.behavior.workshop_history", use: "workshop-reminders", source: "observed", note: "From our workshop in Tromsø." },
];

/** Has the shop's website remember it, as it would through the gateway. */
export async function rememberForSample(shop: string): Promise<void> {
  const website: ProgramActor = { kind: "program", keyId: shop, scopes: ["remember"], person: null };
  for (const { key, ...input } of remembered) await rememberItem(website, demoPeople[1].ref, key, input);
}
