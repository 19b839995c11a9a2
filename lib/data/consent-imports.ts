import { consentsReply, type ConsentsReply } from "@/lib/contract/consent-import";
import type { Tx } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { permissionsPart } from "@/lib/data/ledger/answer-rows";
import { requestName } from "@/lib/data/ledger/request-name";
import { keyedHash } from "@/lib/data/seal";
import type { PermissionAnswered } from "@/lib/domain/entry";
import type { LegalBasis } from "@/lib/domain/terms";

/** A published version of a data use, by the use's key and its number: `key@1`. */
export async function readVersionsNamed(db: Tx, keys: readonly string[]): Promise<{ readonly uses: ReadonlyMap<string, string>; readonly versions: ReadonlyMap<string, LegalBasis> }> {
  const rows = await db.$queryRaw<{ key: string; id: string; number: number; basis: LegalBasis }[]>`
    SELECT u.key, u.id::text AS id, v.number, v.legal_basis AS basis FROM data_use u JOIN data_use_version v ON v.use_id = u.id AND v.published_at IS NOT NULL
     WHERE u.key = ANY (${[...keys]}::text[])`;
  return { uses: new Map(rows.map(({ key, id }) => [key, id])), versions: new Map(rows.map(({ key, number, basis }) => [`${key}@${number}`, basis])) };
}

/** Those of these refs that are known, with their ids and what entries call them. */
export async function readPeopleByRef(db: Tx, refs: readonly string[]): Promise<Map<string, { readonly id: string; readonly identity: string | null }>> {
  const byHash = new Map(refs.map((ref) => [toHex(keyedHash("ref", ref)), ref]));
  const rows = await db.person.findMany({ where: { refHash: { in: [...byHash.keys()].map((hash) => new Uint8Array(Buffer.from(hash, "hex"))) } }, select: { id: true, refHash: true, commitment: true } });
  return new Map(rows.flatMap(({ id, refHash, commitment }) => {
    const ref = refHash === null ? undefined : byHash.get(toHex(refHash));
    return ref === undefined ? [] : [[ref, { id, identity: commitment && toHex(commitment) }] as const];
  }));
}

/** When the answer that stands was given elsewhere (null: it was given here), for each of these that has one: `person use`. */
export async function readStandsOf(tx: Tx, pairs: readonly { readonly person: string; readonly useId: string }[]): Promise<Map<string, { readonly importedAt: Date | null }>> {
  const rows = await tx.$queryRaw<{ person: string; about: string; importedAt: Date | null }[]>`
    SELECT p.person_id::text AS person, p.use_id::text AS about, p.imported_at AS "importedAt"
      FROM unnest(${pairs.map(({ person }) => person)}::uuid[], ${pairs.map(({ useId }) => useId)}::uuid[]) w (person, about)
      JOIN permission p ON p.person_id = w.person AND p.use_id = w.about`;
  return new Map(rows.map(({ person, about, importedAt }) => [`${person} ${about}`, { importedAt }]));
}

/** The ids of those who are not forgotten, and stay so until this transaction ends. */
export async function holdRemembered(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id::text AS id FROM person WHERE id = ANY (${[...ids]}::uuid[]) AND forgotten_at IS NULL ORDER BY id FOR SHARE`;
  return new Set(rows.map(({ id }) => id));
}

/** Puts imported answers in the place of what stood. */
export async function saveImported(tx: Tx, given: readonly { readonly fact: PermissionAnswered; readonly about: string; readonly index: number }[], now: Date): Promise<void> {
  if (given.length === 0) return;
  const { text, values } = permissionsPart(given, now);
  await tx.$executeRawUnsafe(text((place) => `$${place}`), ...values);
}

export type KeptImport = { readonly digest: string; readonly reply: ConsentsReply };

/** What a request was told before, if it was sent before. */
export async function findImport(tx: Tx, requestId: string): Promise<KeptImport | null> {
  const row = await tx.consentImport.findUnique({ where: { request: requestName(requestId) }, select: { digest: true, reply: true } });
  return row && { digest: toHex(row.digest), reply: consentsReply.parse(JSON.parse(row.reply)) };
}

export async function keepImport(
  tx: Tx,
  { requestId, digest, keyId, source, at, reply }: { requestId: string; digest: Uint8Array<ArrayBuffer>; keyId: string; source: string; at: Date; reply: ConsentsReply },
): Promise<void> {
  const { imported, skipped } = reply;
  await tx.consentImport.create({ data: { request: requestName(requestId), digest, keyId, source, recordedAt: at, imported, skipped, reply: JSON.stringify(reply) } });
}
