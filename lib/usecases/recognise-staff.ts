import { staffOfSession } from "@/lib/data/sessions";
import type { StaffActor } from "@/lib/domain/actor";

/** The staff member whose session this token opened, as the database knows them now; null once it has ended. */
export async function recogniseStaff(token: string): Promise<StaffActor | null> {
  const staff = await staffOfSession(token);
  return staff && { kind: "staff", ...staff };
}
