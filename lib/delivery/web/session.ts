import { headers } from "next/headers";
import { cache } from "react";
import type { StaffActor } from "@/lib/domain/actor";
import { pathHeader } from "@/lib/delivery/web/security-headers";
import { staffToken } from "@/lib/delivery/web/staff-cookie";
import { recogniseStaff } from "@/lib/usecases/recognise-staff";

export { browserSignals, currentPerson } from "@/lib/delivery/web/person-session";

/** The signed-in staff member of this request, checked against the database (once a request), or null. */
export const currentStaff: () => Promise<StaffActor | null> = cache(async () => {
  const token = await staffToken();
  return token ? recogniseStaff(token) : null;
});

/** The path and query of this request, to come back to after signing in. */
export async function requestPath(): Promise<string | undefined> {
  return (await headers()).get(pathHeader) ?? undefined;
}
