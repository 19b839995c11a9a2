import { randomBytes } from "node:crypto";
import type { Guardian } from "@/lib/contract/answer";
import type { Tx } from "@/lib/data/client";
import { canonicalJson, fromHex, sha256, toHex } from "@/lib/data/digest";
import { seal, unseal, unsealForHouse } from "@/lib/data/seal";

/** Who answers for a person, as it is kept: `name` is what entries call them, the commitment in hex. */
export type SealedGuardian = { readonly name: string; readonly commitment: Uint8Array<ArrayBuffer>; readonly sealed: Uint8Array<ArrayBuffer> };

/** What opens the commitment: {name, ref, relation} as canonical JSON, and the salt in hex. */
export type GuardianOpening = { readonly identity: string; readonly salt: string };

/** Seals a guardian under the key of the person they answer for; null where that person has none any more. */
export async function sealGuardian(db: Tx, person: string, { name, ref, relation }: Guardian): Promise<SealedGuardian | null> {
  const key = await keyOf(db, person);
  if (key === null) return null;
  const [salt, identity] = [randomBytes(32), canonicalJson({ name: name ?? null, ref: ref ?? null, relation })];
  const commitment = sha256(salt, Buffer.from(identity, "utf8"));
  const opening: GuardianOpening = { identity, salt: toHex(salt) };
  return { name: toHex(commitment), commitment, sealed: seal(key, Buffer.from(JSON.stringify(opening), "utf8")) };
}

/** Opens what an entry calls a guardian; null where the person was forgotten. */
export async function openGuardian(db: Tx, person: string, name: string): Promise<GuardianOpening | null> {
  const [key, row] = await Promise.all([
    keyOf(db, person),
    db.guardian.findUnique({ where: { personId_commitment: { personId: person, commitment: fromHex(name) } }, select: { sealed: true } }),
  ]);
  // Authenticated by the seal: only ours opens.
  return key === null || row === null ? null : (JSON.parse(unseal(key, row.sealed).toString("utf8")) as GuardianOpening);
}

async function keyOf(db: Tx, person: string): Promise<Buffer | null> {
  const row = await db.person.findUnique({ where: { id: person }, select: { wrappedKey: true } });
  return row?.wrappedKey ? unsealForHouse(row.wrappedKey) : null;
}
