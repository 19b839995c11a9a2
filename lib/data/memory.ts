import { Prisma } from "@/lib/data/prisma-client/client";
import { z } from "zod";
import type { Tx } from "@/lib/data/client";
import { fromHex, toHex } from "@/lib/data/digest";
import { keyedHash, seal, unseal, unsealForHouse } from "@/lib/data/seal";
import { heardSignal } from "@/lib/data/signals";
import { storedTerms } from "@/lib/data/stored-terms";
import type { PermissionState } from "@/lib/domain/decision";
import type { HeardSignal } from "@/lib/domain/signal";
import { sources, type LegalBasis, type Terms } from "@/lib/domain/terms";

/** What lies sealed in an item. */
export type Remembered = { readonly key: string; readonly value: unknown; readonly source: Terms["sources"][number]; readonly note: string | null };
const remembered = z.strictObject({ key: z.string(), value: z.unknown(), source: z.enum(sources), note: z.string().nullable() });

/** What an item is found by: keyed, and another one for each person. */
export const memoryName = (person: string, key: string): Uint8Array<ArrayBuffer> => keyedHash("memory", `${person} ${key}`);

/** What may be remembered or read of one use is judged by; `requested` is null where there is no such published version. */
export type Standing = {
  readonly requested: number | null;
  readonly basis: LegalBasis | null;
  readonly live: number | null;
  readonly liveBasis: LegalBasis | null;
  readonly terms: Terms | null;
  readonly state: PermissionState | null;
  readonly answered: number | null;
  readonly expiresAt: Date | null;
  readonly entryIndex: bigint | null;
  readonly carries: boolean;
  /** A newer version that was refused while the answered one was kept, and whether that no reaches the requested one. */
  readonly declined: number | null;
  readonly declinedCarries: boolean;
  /** Good for one decision; `spent`: it was made. */
  readonly once: boolean;
  readonly spent: boolean;
  /** What their browser has said to it; null for nothing, and where their answer is no anyway. */
  readonly signal: HeardSignal | null;
  readonly now: Date;
};

/** Of the data use `u`, the person `s` and the version `asked.version`, as joins. */
const standingOf = (version: Prisma.Sql, person: Prisma.Sql) => Prisma.sql`
  LEFT JOIN LATERAL (SELECT number, legal_basis, gpc_concern FROM data_use_version x WHERE x.use_id = u.id AND x.published_at IS NOT NULL ORDER BY number DESC LIMIT 1) live ON true
  LEFT JOIN data_use_version v ON v.use_id = u.id AND v.number = COALESCE(${version}, live.number) AND v.published_at IS NOT NULL
  CROSS JOIN LATERAL (SELECT ${person} AS id) s
  LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id
  LEFT JOIN version_coverage c ON c.use_id = u.id AND c.answered = p.version AND c.requested = v.number
  LEFT JOIN version_coverage d ON d.use_id = u.id AND d.answered = p.declined AND d.requested = v.number`;
const standingColumns = Prisma.raw(`v.number AS requested, v.legal_basis AS basis, live.number AS live, live.legal_basis AS "liveBasis", v.terms,
  p.state, p.version AS answered, p.expires_at AS "expiresAt", p.entry_index AS "entryIndex",
  COALESCE(c.carries, p.version = v.number, false) AS carries, p.declined, COALESCE(d.carries, p.declined = v.number, false) AS "declinedCarries",
  COALESCE(p.once, false) AS once, p.used_at IS NOT NULL AS spent, ${heardSignal("v", "live")} AS signal, clock_timestamp() AS now`);

type StandingRow = Omit<Standing, "terms"> & { readonly terms: unknown };
const withTerms = <R extends StandingRow>(row: R): Omit<R, "terms"> & Standing => ({ ...row, terms: row.terms === null ? null : storedTerms.parse(row.terms) });

/**
 * Holds one person's permission for one use as it is until the transaction ends, so that no answer comes between judging
 * and writing: a withdrawal either is seen here, or waits and then finds what was written. Gives false where the first
 * answer ever came in between; then begin again.
 */
export async function holdPermission(tx: Tx, person: string, useId: string): Promise<boolean> {
  const there = async (lock: Prisma.Sql) => (await tx.$queryRaw<unknown[]>`SELECT 1 FROM permission WHERE person_id = ${person}::uuid AND use_id = ${useId}::uuid ${lock}`).length > 0;
  if (await there(Prisma.empty)) {
    // The person first: forgetting takes the two in this order, too.
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${person}::uuid FOR KEY SHARE`;
    return there(Prisma.sql`FOR SHARE`);
  }
  // There is no answer to hold, but an answer needs its person.
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${person}::uuid FOR UPDATE`;
  return !(await there(Prisma.empty));
}

export type KnownUse = { readonly id: string; readonly key: string };

export async function findUse(db: Tx, key: string): Promise<KnownUse | null> {
  return db.dataUse.findUnique({ where: { key }, select: { id: true, key: true } });
}

export async function isCategory(db: Tx, key: string): Promise<boolean> {
  return (await db.taxonomyTerm.findUnique({ where: { kind_key: { kind: "category", key } }, select: { key: true } })) !== null;
}

/** Where a person stands with one version of a use (null: the live one). */
export async function readStanding(db: Tx, person: string, useId: string, version: number | null): Promise<Standing> {
  const [row] = await db.$queryRaw<StandingRow[]>`
    SELECT ${standingColumns} FROM data_use u ${standingOf(Prisma.sql`${version}::int`, Prisma.sql`${person}::uuid`)} WHERE u.id = ${useId}::uuid`;
  if (!row) throw new Error("a data use went away");
  return withTerms(row);
}

/** The person's own key, under which everything remembered is sealed; null for nobody, and for the forgotten. */
export async function readPersonKey(db: Tx, person: string): Promise<Buffer | null> {
  const row = await db.person.findUnique({ where: { id: person }, select: { wrappedKey: true } });
  return row?.wrappedKey ? unsealForHouse(row.wrappedKey) : null;
}

export type NewItem = {
  readonly person: string;
  readonly useId: string;
  readonly version: number;
  readonly entryIndex: bigint | null;
  readonly standsUntil: Date | null;
  readonly category: string;
  readonly remembered: Remembered;
};

/** Keeps an item; one of the same name is replaced. */
export async function keepItem(tx: Tx, key: Buffer, item: NewItem): Promise<{ createdAt: Date; updatedAt: Date; lastReadAt: Date | null }> {
  const sealed = seal(key, Buffer.from(JSON.stringify(item.remembered), "utf8"));
  const [row] = await tx.$queryRaw<{ createdAt: Date; updatedAt: Date; lastReadAt: Date | null }[]>`
    INSERT INTO memory_item AS m (person_id, name_hash, use_id, version, entry_index, stands_until, category, sealed, created_at, updated_at)
    VALUES (${item.person}::uuid, ${memoryName(item.person, item.remembered.key)}, ${item.useId}::uuid, ${item.version}, ${item.entryIndex}, ${item.standsUntil}, ${item.category}, ${sealed}, clock_timestamp(), clock_timestamp())
    ON CONFLICT (person_id, name_hash) DO UPDATE SET use_id = excluded.use_id, version = excluded.version, entry_index = excluded.entry_index,
      stands_until = excluded.stands_until, category = excluded.category, sealed = excluded.sealed, updated_at = excluded.updated_at, frozen_at = NULL
    RETURNING m.created_at AS "createdAt", m.updated_at AS "updatedAt", m.last_read_at AS "lastReadAt"`;
  if (!row) throw new Error("an item was not kept");
  return row;
}

/** One item, what it says, and where its person stands now with the version asked for. */
export type FoundItem = Standing &
  Remembered & {
    readonly name: string;
    readonly useId: string;
    readonly use: string;
    readonly version: number;
    readonly itemEntry: bigint | null;
    readonly category: string;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly lastReadAt: Date | null;
    readonly frozenAt: Date | null;
  };
type FoundRow = StandingRow & Omit<FoundItem, keyof Standing | keyof Remembered | "name"> & { readonly nameHash: Uint8Array; readonly sealed: Uint8Array };

export type Found = { readonly items: readonly FoundItem[]; readonly more: boolean };

/**
 * Items of a person in the order of their hashes, judged by the version asked for: `own` for the version that each stands
 * on, null for the live one.
 */
export async function readItems(
  db: Tx,
  person: string,
  wanted: { readonly key?: string; readonly useId?: string; readonly version: number | "own" | null; readonly after?: string; readonly take: number },
): Promise<Found> {
  const key = await readPersonKey(db, person);
  if (key === null) return { items: [], more: false };
  const { version } = wanted;
  const asked = version === "own" ? Prisma.sql`m.version` : Prisma.sql`${version}::int`;
  const rows = await db.$queryRaw<FoundRow[]>`
    SELECT m.name_hash AS "nameHash", m.use_id AS "useId", u.key AS use, m.version, m.entry_index AS "itemEntry", m.category, m.sealed,
           m.created_at AS "createdAt", m.updated_at AS "updatedAt", m.last_read_at AS "lastReadAt", m.frozen_at AS "frozenAt", ${standingColumns}
      FROM memory_item m JOIN data_use u ON u.id = m.use_id ${standingOf(asked, Prisma.sql`m.person_id`)}
     WHERE m.person_id = ${person}::uuid
       ${wanted.key === undefined ? Prisma.empty : Prisma.sql`AND m.name_hash = ${memoryName(person, wanted.key)}`}
       ${wanted.useId === undefined ? Prisma.empty : Prisma.sql`AND m.use_id = ${wanted.useId}::uuid`}
       ${wanted.after === undefined ? Prisma.empty : Prisma.sql`AND m.name_hash > ${fromHex(wanted.after)}`}
     ORDER BY m.name_hash LIMIT ${wanted.take + 1}`;
  const items = rows.slice(0, wanted.take).map(({ nameHash, sealed, ...row }) => {
    const said = remembered.parse(JSON.parse(unseal(key, sealed).toString("utf8")));
    return { ...withTerms(row), ...said, name: toHex(nameHash) };
  });
  return { items, more: rows.length > wanted.take };
}

/** Notes that a host read these, at most once a minute each. */
export async function noteRead(db: Tx, person: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.$executeRaw`
    UPDATE memory_item SET last_read_at = clock_timestamp()
     WHERE person_id = ${person}::uuid AND name_hash = ANY (${names.map(fromHex)}::bytea[]) AND (last_read_at IS NULL OR last_read_at < clock_timestamp() - interval '1 minute')`;
}

/** Forgets one item; tells the use it served, or null where there was none. */
export async function removeItem(db: Tx, person: string, key: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ useId: string }[]>`
    DELETE FROM memory_item WHERE person_id = ${person}::uuid AND name_hash = ${memoryName(person, key)} RETURNING use_id::text AS "useId"`;
  return row?.useId ?? null;
}

/** Tells hosts that a person took an item away themselves. */
export async function tellRemoved(db: Tx, person: string, useId: string): Promise<void> {
  await db.$queryRaw`SELECT tell_memory_removed(${person}::uuid, ${useId}::uuid, 1, false, 'deleted-by-person')::text`;
}

/** How many items there are for each use, by its key. */
export async function countItems(db: Tx, person: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ use: string; count: number }[]>`
    SELECT u.key AS use, count(*)::int AS count FROM memory_item m JOIN data_use u ON u.id = m.use_id WHERE m.person_id = ${person}::uuid GROUP BY 1`;
  return new Map(rows.map(({ use, count }) => [use, count]));
}

/** Ends what stands on permissions that ran out, and destroys what was frozen long enough, until nothing is left to do. */
export async function endMemory(db: Tx): Promise<number> {
  const most = 1_000;
  for (let total = 0; ; ) {
    const [row] = await db.$queryRaw<{ done: bigint }[]>`SELECT end_memory(${most}::int) AS done`;
    total += Number(row?.done ?? 0);
    if (Number(row?.done ?? 0) < most) return total;
  }
}
