import { notFound, redirect } from "next/navigation";
import type { PersonActor, StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { currentPerson, currentStaff } from "@/lib/delivery/web/session";

/** The staff member of this request; nobody signed in is sent to the sign-in page, and comes back after. */
export async function requireStaff(returnTo?: string): Promise<StaffActor> {
  const staff = await currentStaff();
  if (!staff) redirect(returnTo ? `/sign-in?returnTo=${encodeURIComponent(returnTo)}` : "/sign-in");
  return staff;
}

/** The customer of this request; nobody signed in is sent to ask for a link. */
export async function requirePerson(): Promise<PersonActor> {
  const person = await currentPerson();
  if (!person) redirect("/me/sign-in");
  return person;
}

/** Loads what a page shows; what does not exist is the 404 page, and what may not be seen looks no different. */
export async function show<T>(load: Promise<T>): Promise<T> {
  try {
    return await load;
  } catch (error) {
    if (error instanceof Refusal && (error.code === "not-found" || error.code === "forbidden")) notFound();
    throw error;
  }
}
