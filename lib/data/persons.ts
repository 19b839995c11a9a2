import { randomBytes, randomUUID } from "node:crypto";
import { Prisma } from "@/lib/data/prisma-client/client";
import type { PersonIdentity } from "@/lib/contract/person";
import { lookupPool, type Tx } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { keyedHash, seal, sealForHouse, unseal, unsealForHouse } from "@/lib/data/seal";

/** `locale`: null for the organisation's own. */
export type NewPerson = PersonIdentity & { readonly locale: string | null };

/** Rows a statement carries at most. */
const chunk = 5_000;

/**
 * Adds people, each sealed under a fresh key of their own. Somebody whose ref or address is known already is left out,
 * also when two callers add them at the same moment; so is somebody who was forgotten and is to be left alone, also when
 * that happens at the same moment. Returns the ids of those that are new, in no order.
 */
export async function insertPersons(people: readonly NewPerson[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < people.length; from += chunk) ids.push(...(await takeIn(people.slice(from, from + chunk).map(sealedRow))));
  return ids;
}

/** The same for people as rows, in one statement. */
export async function takeIn(rows: readonly SealedPerson[]): Promise<string[]> {
  const columns = ["id", "refHash", "emailHash", "wrappedKey", "sealed", "commitment", "locale", "leftAloneRef", "leftAloneEmail"] as const;
  const taken = await lookupPool().query<{ id: string }>({
    name: "take-in",
    text: "SELECT id::text AS id FROM take_in($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::bytea[], $9::bytea[]) AS id",
    values: columns.map((column) => rows.map((row) => row[column])),
  });
  return taken.rows.map(({ id }) => id);
}

export type SealedPerson = ReturnType<typeof sealedRow>;

/** A person as a row, sealed under a fresh key of their own. */
export function sealedRow({ ref, email, name, locale }: NewPerson) {
  const [key, salt] = [randomBytes(32), randomBytes(32)];
  const identity: PersonIdentity = { ref, email, name };
  return {
    id: randomUUID(),
    refHash: ref === null ? null : keyedHash("ref", ref),
    emailHash: email === null ? null : keyedHash("email", email),
    wrappedKey: sealForHouse(key),
    sealed: seal(key, Buffer.from(JSON.stringify({ ...identity, salt: toHex(salt) }), "utf8")),
    commitment: commitTo(salt, identity),
    locale,
    leftAloneRef: ref === null ? null : leftAloneHash("ref", ref),
    leftAloneEmail: email === null ? null : leftAloneHash("email", email),
  };
}

/** What those who are to be left alone are known by: another hash than that of those who are known here. */
export const leftAloneHash = (kind: "ref" | "email", value: string): Uint8Array<ArrayBuffer> => keyedHash(`suppressed ${kind}`, value);

/** SHA-256(salt ‖ canonical JSON of the identity): says nothing of it, and fits no other. */
function commitTo(salt: Uint8Array, identity: PersonIdentity): Uint8Array<ArrayBuffer> {
  return sha256(salt, Buffer.from(canonicalJson(identity), "utf8"));
}

const nobody: PersonIdentity = { ref: null, email: null, name: null };

type Sealed = { readonly wrappedKey: Uint8Array | null; readonly sealed: Uint8Array | null };

/** What `sealedRow` sealed, authenticated by the seal; null once the person's key is gone. */
function unsealRow({ wrappedKey, sealed }: Sealed): (PersonIdentity & { salt?: string }) | null {
  if (wrappedKey === null || sealed === null) return null;
  return JSON.parse(unseal(unsealForHouse(wrappedKey), sealed).toString("utf8")) as PersonIdentity & { salt?: string };
}

/** What identifies a person; nothing any more once their key is gone. */
function identityOf(row: Sealed): PersonIdentity {
  const found = unsealRow(row);
  return found ? { ref: found.ref, email: found.email, name: found.name } : nobody;
}

/** What opens a person's commitment. */
export type Opening = {
  /** {email, name, ref} as canonical JSON. */
  readonly identity: string;
  /** Hex. */
  readonly salt: string;
  /** Hex SHA-256 of both. */
  readonly commitment: string;
};

/** Null for nobody, for the forgotten, and for those from before there were commitments. */
export async function readOpening(db: Tx, id: string): Promise<Opening | null> {
  const row = await db.person.findUnique({ where: { id }, select: { wrappedKey: true, sealed: true, commitment: true } });
  const found = row && unsealRow(row);
  if (!found || found.salt === undefined || !row.commitment) return null;
  const { ref, email, name } = found;
  return { identity: canonicalJson({ ref, email, name }), salt: found.salt, commitment: toHex(row.commitment) };
}

const whole = { id: true, wrappedKey: true, sealed: true, locale: true, createdAt: true, forgottenAt: true } as const;

export type PersonRow = PersonIdentity & { readonly id: string; readonly locale: string; readonly createdAt: Date; readonly forgotten: boolean };

type Row = Prisma.PersonGetPayload<{ select: typeof whole }>;

function personOf(row: Row): PersonRow {
  return { id: row.id, locale: row.locale, createdAt: row.createdAt, forgotten: row.forgottenAt !== null, ...identityOf(row) };
}

export async function findPerson(db: Tx, id: string): Promise<PersonRow | null> {
  const row = await db.person.findUnique({ where: { id }, select: whole });
  return row && personOf(row);
}

/** Found through the keyed hash; the ref exactly as it was given. */
export async function findPersonIdByRef(db: Tx, ref: string): Promise<string | null> {
  const row = await db.person.findUnique({ where: { refHash: keyedHash("ref", ref) }, select: { id: true } });
  return row?.id ?? null;
}

/** The address in lower case. */
export async function findPersonIdByEmail(db: Tx, email: string): Promise<string | null> {
  const row = await db.person.findUnique({ where: { emailHash: keyedHash("email", email) }, select: { id: true } });
  return row?.id ?? null;
}

/**
 * One page of everybody, newest first: those older than the person `older`, or the nearest newer than `newer`.
 * `more` tells whether there are others in the direction of travel. Walks the index, however deep the page lies.
 */
export async function pageOfPersons(db: Tx, from: { older?: string; newer?: string }, take: number): Promise<{ people: PersonRow[]; more: boolean }> {
  const upwards = from.newer !== undefined;
  const cursor = from.newer ?? from.older;
  const beyond = cursor === undefined
    ? Prisma.empty
    : Prisma.sql`WHERE (created_at, id) ${upwards ? Prisma.sql`>` : Prisma.sql`<`} (SELECT c.created_at, c.id FROM person c WHERE c.id = ${cursor}::uuid)`;
  const order = upwards ? Prisma.sql`created_at, id` : Prisma.sql`created_at DESC, id DESC`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, wrapped_key AS "wrappedKey", sealed, locale, created_at AS "createdAt", forgotten_at AS "forgottenAt"
      FROM person ${beyond} ORDER BY ${order} LIMIT ${take + 1}`;
  const page = rows.slice(0, take).map(personOf);
  return { people: upwards ? page.reverse() : page, more: rows.length > take };
}

/** How many people there are who have not been forgotten; one row, however many. */
export async function countPersons(db: Tx): Promise<number> {
  const row = await db.tally.findUnique({
    where: { subject_version_state_declined: { subject: "00000000-0000-0000-0000-000000000000", version: 0, state: "person", declined: 0 } },
    select: { count: true },
  });
  return Number(row?.count ?? 0);
}
