import { Prisma } from "@/lib/data/prisma-client/client";
import type { Tx } from "@/lib/data/client";
import type { PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";

type Given = {
  readonly version: number;
  readonly channel: string;
  readonly shown: Uint8Array<ArrayBuffer> | null;
  readonly entryIndex: bigint;
};
export type GivenPermission = Given & { readonly useId: string; readonly state: PermissionState; readonly expiresAt: Date | null };
export type GivenAcceptance = Given & { readonly policyId: string; readonly state: AcceptanceState };

/** One person's answers about data uses; each replaces the one before it. Belongs into the act that appends its entries. */
export async function savePermissions(tx: Tx, personId: string, at: Date, given: readonly GivenPermission[]): Promise<void> {
  if (given.length === 0) return;
  const rows = given.map(
    (one) =>
      Prisma.sql`(${personId}::uuid, ${one.useId}::uuid, ${one.state}, ${one.version}::int, ${at}::timestamptz, ${one.expiresAt}::timestamptz, ${one.channel}, ${one.shown}::bytea, ${one.entryIndex}::bigint)`,
  );
  await tx.$executeRaw`
    INSERT INTO permission (person_id, use_id, state, version, answered_at, expires_at, channel, shown, entry_index)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (person_id, use_id) DO UPDATE SET state = excluded.state, version = excluded.version,
      answered_at = excluded.answered_at, expires_at = excluded.expires_at, channel = excluded.channel,
      shown = excluded.shown, entry_index = excluded.entry_index`;
}

/** One person's answers to policies; each replaces the one before it. */
export async function saveAcceptances(tx: Tx, personId: string, at: Date, given: readonly GivenAcceptance[]): Promise<void> {
  if (given.length === 0) return;
  const rows = given.map(
    (one) =>
      Prisma.sql`(${personId}::uuid, ${one.policyId}::uuid, ${one.state}, ${one.version}::int, ${at}::timestamptz, ${one.channel}, ${one.shown}::bytea, ${one.entryIndex}::bigint)`,
  );
  await tx.$executeRaw`
    INSERT INTO acceptance (person_id, policy_id, state, version, answered_at, channel, shown, entry_index)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (person_id, policy_id) DO UPDATE SET state = excluded.state, version = excluded.version,
      answered_at = excluded.answered_at, channel = excluded.channel, shown = excluded.shown, entry_index = excluded.entry_index`;
}

/** The id of a data use by its key. */
export async function findUseId(db: Tx, key: string): Promise<string | null> {
  const row = await db.dataUse.findUnique({ where: { key }, select: { id: true } });
  return row?.id ?? null;
}

/** The id of a policy by its key. */
export async function findPolicyId(db: Tx, key: string): Promise<string | null> {
  const row = await db.policy.findUnique({ where: { key }, select: { id: true } });
  return row?.id ?? null;
}

export type HistoryRow = { readonly index: bigint; readonly body: string };

/** A person's own entries, newest first, below an index if one is given; one more than `take` tells that there are more. */
export async function readPersonEntries(db: Tx, personId: string, below: bigint | null, take: number): Promise<HistoryRow[]> {
  return db.ledgerEntry.findMany({
    where: { personId, ...(below === null ? {} : { index: { lt: below } }) },
    orderBy: { index: "desc" },
    take: take + 1,
    select: { index: true, body: true },
  });
}
