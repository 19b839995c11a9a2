import { database, type Tx } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { keyedHash } from "@/lib/data/seal";
import { settings } from "@/lib/data/settings/settings";
import { roleOf } from "@/lib/data/staff";
import type { Role } from "@/lib/domain/roles";

/** A week to open the link. */
export const invitationDays = 7;

/**
 * The token of the invitation that this request makes: 32 bytes that only the holder of the master key can work out, so
 * that sending the same form twice shows the same link, and only its digest is ever stored.
 */
export const invitationToken = (requestId: string): string => Buffer.from(keyedHash("ref", `invitation\u0000${requestId}`)).toString("base64url");

const digestOfToken = (token: string) => sha256(Buffer.from(token, "utf8"));

export const joinLink = (token: string): string => `${settings().webUrl}/join/${token}`;

type NewInvitation = { token: string; email: string | null; role: Role; invitedById: string | null; now: Date };

export async function createInvitation(tx: Tx, { token, email, role, invitedById, now }: NewInvitation) {
  return tx.invitation.create({
    data: {
      email,
      role,
      digest: digestOfToken(token),
      invitedById,
      createdAt: now,
      expiresAt: new Date(now.getTime() + invitationDays * 86_400_000),
    },
    select: { id: true, expiresAt: true },
  });
}

export type FoundInvitation = {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly state: "open" | "used" | "revoked" | "expired";
};

/** The invitation that this token opens, with its state by the database's clock. */
export async function findInvitation(token: string, tx: Tx = database()): Promise<FoundInvitation | null> {
  const [row] = await tx.$queryRaw<{ id: string; email: string | null; role: string; state: FoundInvitation["state"] }[]>`
    SELECT id, email, role,
           CASE WHEN used_at IS NOT NULL THEN 'used' WHEN revoked_at IS NOT NULL THEN 'revoked'
                WHEN expires_at <= clock_timestamp() THEN 'expired' ELSE 'open' END AS state
      FROM invitation WHERE digest = ${digestOfToken(token)}`;
  return row ? { ...row, role: roleOf(row.role) } : null;
}

/** Revokes what is open for this address (null: the first admin's), and says which those were. */
export async function revokeOpenFor(tx: Tx, email: string | null, now: Date): Promise<string[]> {
  const open = await tx.invitation.findMany({ where: { email, usedAt: null, revokedAt: null }, select: { id: true } });
  const ids = open.map((one) => one.id);
  if (ids.length > 0) await tx.invitation.updateMany({ where: { id: { in: ids } }, data: { revokedAt: now } });
  return ids;
}

/** Newest first; used and revoked ones are history, and the ledger has it. */
export async function listInvitations(take: number) {
  const rows = await database().$queryRaw<{ id: string; email: string | null; role: string; createdAt: Date; expiresAt: Date; expired: boolean }[]>`
    SELECT id, email, role, created_at AS "createdAt", expires_at AS "expiresAt", expires_at <= now() AS expired
      FROM invitation WHERE used_at IS NULL AND revoked_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ${take}`;
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
}
