import { database } from "@/lib/data/client";

/** What signing in needs to know of an account. */
export async function findAccount(email: string): Promise<{ id: string; passwordHash: string; disabled: boolean } | null> {
  const row = await database().staff.findUnique({ where: { email }, select: { id: true, passwordHash: true, disabledAt: true } });
  return row && { id: row.id, passwordHash: row.passwordHash, disabled: row.disabledAt !== null };
}
