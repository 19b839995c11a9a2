import { notFound, redirect } from "next/navigation";
import type { PersonActor, StaffActor } from "@/lib/domain/actor";
import { notAvailable } from "@/lib/contract/not-available";
import { Refusal } from "@/lib/domain/refusal";
import { isDatabaseAway } from "@/lib/delivery/database-away";
import { report } from "@/lib/delivery/report";
import { currentPerson, currentStaff } from "@/lib/delivery/web/session";

/** The staff member of this request; nobody signed in is sent to the sign-in page, and comes back after. */
export async function requireStaff(returnTo?: string): Promise<StaffActor> {
  const staff = await calmly(currentStaff());
  if (!staff) redirect(returnTo ? `/sign-in?returnTo=${encodeURIComponent(returnTo)}` : "/sign-in");
  return staff;
}

/** The customer of this request; nobody signed in is sent to ask for a link. */
export async function requirePerson(): Promise<PersonActor> {
  const person = await calmly(currentPerson());
  if (!person) redirect("/me/sign-in");
  return person;
}

/** Loads what a page shows; what does not exist is the 404 page, and what may not be seen looks no different. */
export async function show<T>(load: Promise<T>): Promise<T> {
  try {
    return await calmly(load);
  } catch (error) {
    if (error instanceof Refusal && (error.code === "not-found" || error.code === "forbidden")) notFound();
    throw error;
  }
}

/** While the database is away, the error page says so: by the one mark that Next passes on to it. */
async function calmly<T>(load: Promise<T>): Promise<T> {
  try {
    return await load;
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    report(error);
    throw Object.assign(new Refusal("unavailable", "Handshake is not available just now."), { digest: notAvailable });
  }
}
