import { randomUUID } from "node:crypto";
import { canonicalJson, toHex } from "@/lib/data/digest";
import { keyedHash } from "@/lib/data/seal";

/** What a request is called in the ledger: half a keyed hash of its id, which a host may have made of anything. */
export const requestName = (requestId: string): string => toHex(keyedHash("request", requestId)).slice(0, 32);

/** A program's request by its own name for it, apart from what other programs call theirs; where it has none, one of its own. */
export const programRequest = (keyId: string, idempotencyKey: string | null): string => (idempotencyKey === null ? randomUUID() : `${keyId} ${idempotencyKey}`);

/**
 * What a program's request says, to know the same words again. Keyed, since it outlives those it names: of a plain digest
 * a ref or a guardian's name could be guessed, also after they were forgotten.
 */
export const wordsOfProgram = (said: unknown): Uint8Array<ArrayBuffer> => keyedHash("request words", canonicalJson(said));
