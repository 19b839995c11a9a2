import { endSession } from "@/lib/data/sessions";

/** Whoever holds the token may end its session; it is over for every process at once. */
export async function signOut(token: string): Promise<void> {
  await endSession(token);
}
