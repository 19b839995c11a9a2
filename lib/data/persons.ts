import { randomBytes, randomUUID } from "node:crypto";
import { Prisma } from "@/lib/data/prisma-client/client";
import type { PersonIdentity } from "@/lib/contract/person";
import type { Tx } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { keyedHash, seal, sealForHouse, unseal, unsealForHouse } from "@/lib/data/seal";

export type NewPerson = PersonIdentity & { readonly locale: string };

/** Rows a statement carries at most; PostgreSQL takes 65,535 values. */
const chunk = 5_000;

/**
 * Adds people, each sealed under a fresh key of their own. Somebody whose ref or address is known already is left out,
 * also when two callers add them at the same moment. Returns the ids of those that are new, in no order.
 */
export async function insertPersons(db: Tx, people: readonly NewPerson[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < people.length; from += chunk) {
    const rows = people.slice(from, from + chunk).map(sealedRow);
    const added = await db.person.createManyAndReturn({ data: rows, skipDuplicates: true, select: { id: true } });
    ids.push(...added.map(({ id }) => id));
  }
  return ids;
}

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
  };
}

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
