import { clearSentMail } from "@/lib/data/outbox";
import { clearRateLimits } from "@/lib/data/rate-limits";

/** The house's own housekeeping: clears counts of attempts that have run out, and traces of mail sent long ago. */
export async function tidyUp(): Promise<void> {
  await clearRateLimits();
  await clearSentMail();
}
