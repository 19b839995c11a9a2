import type { PersonActor } from "@/lib/domain/actor";

/** The signed-in customer of this request, or null. */
export async function currentPerson(): Promise<PersonActor | null> {
  return null;
}
