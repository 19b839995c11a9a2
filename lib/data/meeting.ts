import { lookupPool } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";
import { sealedRow, takeIn } from "@/lib/data/persons";
import { keyedHash } from "@/lib/data/seal";

/** Somebody by their ref: `fresh` where this very call made them known. */
export type Met = { readonly id: string; readonly fresh: boolean };

const find = { name: "by-ref", text: "SELECT id::text AS id, ref_hash AS ref FROM person WHERE ref_hash = ANY ($1::bytea[])" };

type Row = { readonly id: string; readonly ref: Uint8Array };

async function lookUp(refs: readonly string[]): Promise<(string | null)[]> {
  const hashes = refs.map((ref) => keyedHash("ref", ref));
  const { rows } = await lookupPool().query<Row>({ ...find, values: [hashes] });
  const found = new Map(rows.map(({ id, ref }) => [toHex(ref), id]));
  return hashes.map((hash) => found.get(toHex(hash)) ?? null);
}

const known = new Gather<string, string | null>(lookUp, { atOnce: 2, most: 200 });

/** The id of whom the host calls by this ref, or null; read together with whoever else is sought at this moment. */
export const lookUpPerson = (ref: string): Promise<string | null> => known.ask(ref);

/**
 * Makes those known whom nobody has met; who was met by another meanwhile is found. Null for those who were forgotten and
 * asked to be left alone. In one statement, however many: each would count and wait for the disk by itself.
 */
async function meet(refs: readonly string[]): Promise<(Met | null)[]> {
  const made = refs.map((ref) => sealedRow({ ref, email: null, name: null, locale: null }));
  const hashes = refs.map((ref) => keyedHash("ref", ref));
  const fresh = new Set(await takeIn(made));
  const met = new Map(made.flatMap(({ id }, i): [string, Met][] => (fresh.has(id) ? [[toHex(hashes[i]!), { id, fresh: true }]] : [])));
  const others = hashes.filter((hash) => !met.has(toHex(hash)));
  if (others.length > 0) {
    const { rows } = await lookupPool().query<Row>({ ...find, values: [others] });
    for (const { id, ref } of rows) met.set(toHex(ref), { id, fresh: false });
  }
  return hashes.map((hash) => met.get(toHex(hash)) ?? null);
}

const strangers = new Gather<string, Met | null>(meet, { atOnce: 1, most: 200 });

/** One who is new, together with whoever else is at this moment. */
export const meetByRef = (ref: string): Promise<Met | null> => strangers.ask(ref);
