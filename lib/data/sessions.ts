import { randomBytes } from "node:crypto";
import { sessionSeconds } from "@/lib/contract/staff";
import { database, type Tx } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { roles, type Role } from "@/lib/domain/roles";

const digestOfToken = (token: string) => sha256(Buffer.from(token, "utf8"));

/** Opens a session and returns its token: 32 random bytes in base64url, of which only the digest is kept. */
export async function openSession(tx: Tx, staffId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.$executeRaw`
    INSERT INTO staff_session (digest, staff_id, created_at, expires_at)
    VALUES (${digestOfToken(token)}, ${staffId}::uuid, now(), now() + make_interval(secs => ${sessionSeconds}))`;
  return token;
}

export type SignedIn = { readonly id: string; readonly name: string; readonly email: string; readonly role: Role; readonly alone: boolean };

/** Whose session this is, if it holds now by the database's clock and the account is not disabled. */
export async function staffOfSession(token: string): Promise<SignedIn | null> {
  const [row] = await database().$queryRaw<{ id: string; name: string; email: string; role: string; alone: boolean }[]>`
    SELECT s.id, s.name, s.email, s.role, NOT o.two_pairs_of_eyes AS alone
      FROM staff_session x JOIN staff s ON s.id = x.staff_id CROSS JOIN organisation o
     WHERE x.digest = ${digestOfToken(token)} AND x.revoked_at IS NULL AND x.expires_at > now() AND s.disabled_at IS NULL`;
  const role = roles.find((one) => one === row?.role);
  return row && role ? { id: row.id, name: row.name, email: row.email, role, alone: row.alone } : null;
}

/** Ends one session for good. Ending it twice is harmless. */
export async function endSession(token: string): Promise<void> {
  await database().$executeRaw`UPDATE staff_session SET revoked_at = now() WHERE digest = ${digestOfToken(token)} AND revoked_at IS NULL`;
}

/** Ends every session of one person, in the transaction of what made that necessary. */
export async function endSessionsOf(tx: Tx, staffId: string): Promise<void> {
  await tx.$executeRaw`UPDATE staff_session SET revoked_at = now() WHERE staff_id = ${staffId}::uuid AND revoked_at IS NULL`;
}
