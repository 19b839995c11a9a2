import type pg from "pg";
import { lookupPool } from "@/lib/data/client";
import { sha256, toHex } from "@/lib/data/digest";
import { parseEntry } from "@/lib/data/ledger/write";
import { readNodes } from "@/lib/data/ledger/rows";
import type { Entry } from "@/lib/domain/entry";
import { consistencyPath, hashesOf, inclusionPath, type Address } from "@/lib/domain/merkle-proofs";

/** An entry with everything that shows it is in the ledger. */
export type ProvenEntry = {
  readonly entry: Entry;
  /** Its canonical bytes, as text. */
  readonly body: string;
  /** RFC 6962 leaf hash, hex. */
  readonly leaf: string;
  /** The signed checkpoint of the batch that it was written with (C2SP). */
  readonly checkpoint: string;
  /** RFC 6962 inclusion proof under that checkpoint, leaf to root, base64. */
  readonly hashes: readonly string[];
  /** Both as a C2SP tlog-proof. */
  readonly proof: string;
};

/**
 * Entries by their indexes, each proven under the checkpoint that it was acknowledged with, so that whoever asks again
 * gets the same bytes. What is not there is left out. Two statements, however many.
 */
export async function readProvenEntries(indexes: readonly number[]): Promise<ProvenEntry[]> {
  if (indexes.length === 0) return [];
  const connection = lookupPool();
  const { rows } = await connection.query<ProvenRow>({ name: "proven_entries", text: readProven, values: [indexes] });
  const paths = rows.map(({ index, size }) => inclusionPath(index, size));
  const hashAt = await readHashes(connection, paths.flat(2));
  return rows.map(({ body, leaf, note }, i) => {
    const entry = parseEntry(body);
    const hashes = hashesOf(sha256, paths[i]!, hashAt).map(toBase64);
    return { entry, body, leaf: toHex(leaf), checkpoint: note, hashes, proof: tlogProof(entry.index, hashes, note) };
  });
}

export async function readProvenEntry(index: number): Promise<ProvenEntry | null> {
  return (await readProvenEntries([index]))[0] ?? null;
}

type ProvenRow = { readonly index: number; readonly body: string; readonly leaf: Uint8Array; readonly size: number; readonly note: string };

const readProven = `
  SELECT e.index::float8 AS index, e.body, e.leaf, c.size::float8 AS size, c.note FROM ledger_entry e
   CROSS JOIN LATERAL (SELECT size, note FROM ledger_checkpoint WHERE size > e.index ORDER BY size LIMIT 1) c
   WHERE e.index = ANY ($1::bigint[]) ORDER BY e.index`;

type Connection = Pick<pg.ClientBase, "query">;

/** RFC 6962 inclusion proof of an entry in the tree of this size, leaf to root. Throws RangeError for a place that is not there. */
export async function readInclusion(index: number, size: number, connection: Connection = lookupPool()): Promise<Uint8Array[]> {
  const path = inclusionPath(index, size);
  return hashesOf(sha256, path, await readHashes(connection, path.flat()));
}

/** RFC 6962 consistency proof between two sizes. Throws RangeError where the older is not the smaller. */
export async function readConsistency(older: number, newer: number): Promise<Uint8Array[]> {
  const path = consistencyPath(older, newer);
  return hashesOf(sha256, path, await readHashes(lookupPool(), path.flat()));
}

/** C2SP tlog-proof: an inclusion proof and the checkpoint that it leads to, in one text. */
export function tlogProof(index: number, hashes: readonly string[], checkpoint: string): string {
  return ["c2sp.org/tlog-proof@v1", `index ${index}`, ...hashes, "", checkpoint].join("\n");
}

/** The tree lacks a node that its size demands: somebody took it away. */
export class MissingNode extends Error {}

/** What came of a proof, or null where the tree has a hole; a database that is away is still an error. */
export async function orNull<T>(proof: Promise<T>): Promise<T | null> {
  return proof.catch((error: unknown) => {
    if (error instanceof MissingNode) return null;
    throw error;
  });
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

async function readHashes(connection: Connection, addresses: readonly Address[]): Promise<(address: Address) => Uint8Array> {
  const values = [addresses.map(({ level }) => level), addresses.map(({ position }) => position)];
  const { rows } = await connection.query<{ level: number; position: string; hash: Uint8Array }>({ name: "ledger_nodes", text: readNodes, values });
  const hashes = new Map(rows.map((node) => [`${node.level}/${node.position}`, node.hash]));
  return ({ level, position }) => {
    const hash = hashes.get(`${level}/${position}`);
    if (!hash) throw new MissingNode(`the ledger's tree has no node ${level}/${position}`);
    return hash;
  };
}
