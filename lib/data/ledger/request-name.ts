import { randomUUID } from "node:crypto";
import { toHex } from "@/lib/data/digest";
import { keyedHash } from "@/lib/data/seal";

/** What a request is called in the ledger: half a keyed hash of its id, which a host may have made of anything. */
export const requestName = (requestId: string): string => toHex(keyedHash("request", requestId)).slice(0, 32);

/** A program's request by its own name for it, apart from what other programs call theirs; where it has none, one of its own. */
export const programRequest = (keyId: string, idempotencyKey: string | null): string => (idempotencyKey === null ? randomUUID() : `${keyId} ${idempotencyKey}`);
