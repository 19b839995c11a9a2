import { lookUpPerson, meetByRef, type Met } from "@/lib/data/meeting";
import { Refusal } from "@/lib/domain/refusal";

/**
 * The id of whom the host calls by this ref. A ref that is new becomes a person, since the host vouches for it. For within
 * other use cases, which have authorised. Throws `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function meetPerson(ref: string): Promise<string> {
  return (await lookUpPerson(ref)) ?? (await meetStranger(ref)).id;
}

/** The same for somebody who was just found to be unknown; others may have met them meanwhile. */
export async function meetStranger(ref: string): Promise<Met> {
  const met = await meetByRef(ref);
  // Who asked to be forgotten and left alone is not taken in again behind their back.
  if (met === null) throw new Refusal("suppressed", "This customer was forgotten and asked to be left alone.");
  return met;
}
