import type { PersonActor, StaffActor } from "@/lib/domain/actor";

/** The signed-in staff member of this request, checked against the database, or null. */
export async function currentStaff(): Promise<StaffActor | null> {
  return null;
}

/** The signed-in customer of this request, or null. */
export async function currentPerson(): Promise<PersonActor | null> {
  return null;
}
