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

/** What one caller did in the current stretch of time, as far as this process knows. */
type Stretch = { until: number; count: number; unshared: number; sharing: boolean };

/** How many callers a process keeps in mind at most. */
const mostCallers = 50_000;

/**
 * Counts calls where each must cost next to nothing: in memory, and told to the other processes through the database
 * whenever a twentieth of what is allowed has gathered. So several processes together let through what one may, and at
 * most a twentieth a process more; and however fast somebody calls, the database hears of it some twenty times a stretch.
 * @param name what is counted; `most` within `seconds` for each caller
 */
export class CallCounter {
  private readonly stretches = new Map<string, Stretch>();
  private readonly step: number;

  constructor(private readonly name: string, private readonly most: number, private readonly seconds: number) {
    this.step = Math.max(1, Math.floor(most / 20));
  }

  /** Counts one call. @throws Refusal `too-many-calls`, saying when to go on (`detail.retryAfterSeconds`) */
  count(caller: string): void {
    const now = Date.now();
    let stretch = this.stretches.get(caller);
    if (stretch === undefined || stretch.until <= now) {
      stretch = { until: now + this.seconds * 1000, count: 0, unshared: 0, sharing: false };
      if (!this.stretches.has(caller) && this.stretches.size >= mostCallers) this.forgetSome(now);
      this.stretches.set(caller, stretch);
    }
    if (stretch.count >= this.most) {
      const wait = Math.max(1, Math.ceil((stretch.until - now) / 1000));
      throw new Refusal("too-many-calls", `Too many calls. Go on after ${wait} ${wait === 1 ? "second" : "seconds"}.`, { detail: { retryAfterSeconds: wait } });
    }
    stretch.count++;
    stretch.unshared++;
    if (stretch.unshared >= this.step && !stretch.sharing) void this.share(caller, stretch);
  }

  /** Adds what gathered to the count of all processes, and learns it. A database that is away is no reason to stop counting. */
  private async share(caller: string, stretch: Stretch): Promise<void> {
    const [told, key] = [stretch.unshared, hidden(this.name, caller)];
    stretch.sharing = true;
    stretch.unshared = 0;
    try {
      const all = await limiter(this.name, this.most, this.seconds).penalty(key, told);
      stretch.count = all.consumedPoints + stretch.unshared;
      stretch.until = Date.now() + all.msBeforeNext;
    } catch {
      stretch.unshared += told;
    } finally {
      stretch.sharing = false;
    }
  }

  private forgetSome(now: number): void {
    for (const [caller, { until }] of this.stretches) if (until <= now) this.stretches.delete(caller);
    // All of them busy: those that came first give way; what they shared stays counted in the database.
    for (const caller of this.stretches.keys()) {
      if (this.stretches.size < mostCallers * 0.9) break;
      this.stretches.delete(caller);
    }
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
