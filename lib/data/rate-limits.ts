import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { keyedHash } from "@/lib/data/seal";
import { Refusal } from "@/lib/domain/refusal";

const limiter = (name: string, points: number, seconds: number) =>
  new RateLimiterPostgres({
    storeClient: pool(),
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    // The worker clears what has run out.
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
  });

/** Neither an address nor an account stands in the table: a keyed hash does, of its own kind and no person's. */
const hidden = (name: string, key: string): string => toHex(keyedHash("ref", `limit\u0000${name}\u0000${key}`));

/**
 * Counts one attempt, at most `points` within `seconds` for this key, over all processes.
 * @param name what is counted, e.g. `sign-in-account`; lower-case letters and hyphens
 * @throws Refusal `too-many-attempts`, saying when to try again (`detail.retryAfterSeconds`)
 */
export async function limit(name: string, key: string, points: number, seconds: number): Promise<void> {
  try {
    await limiter(name, points, seconds).consume(hidden(name, key));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Refusal("too-many-attempts", `Too many attempts. Try again ${inWords(wait)}.`, { detail: { retryAfterSeconds: wait } });
  }
}

/** Forgets the attempts of this key: it was the right person after all. */
export async function forgive(name: string, key: string): Promise<void> {
  await limiter(name, 1, 1).delete(hidden(name, key));
}

function inWords(seconds: number): string {
  if (seconds < 60) return "in less than a minute";
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "in a minute" : `in ${minutes} minutes`;
}

/** Clears what has run out. */
export async function clearRateLimits(): Promise<void> {
  await pool().query("DELETE FROM rate_limit WHERE expire < $1", [Date.now()]);
}
