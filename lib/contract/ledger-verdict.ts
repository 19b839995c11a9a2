import { z } from "zod";

const count = z.int().min(0);

/** What came of verifying the whole ledger. */
export const ledgerVerdict = z.object({
  /** Entries that hold, from the first one on, and how many there should be. */
  holds: count,
  size: count,
  /**
   * The first entry that is not as it was written, and why; or the first `answer` that does not stand as its entry says.
   * `there`: something stands at the entry's place.
   */
  fault: z.object({ of: z.enum(["entry", "answer"]), index: count, why: z.string(), there: z.boolean() }).nullable(),
  /** What it was compared with: so many entries seen outside, nothing yet, or a witness that cannot be read from here. */
  outside: z.object({ state: z.enum(["seen", "nothing", "unreadable"]), size: count }),
});
export type LedgerVerdict = z.infer<typeof ledgerVerdict>;

/** A line of the reply while the ledger is verified: how far it is, and at last the verdict or why there is none. */
export const verificationLine = z.union([
  z.strictObject({ holds: count, size: count }),
  z.strictObject({ done: ledgerVerdict }),
  z.strictObject({ failed: z.string() }),
]);
export type VerificationLine = z.infer<typeof verificationLine>;
