import { clearEnded } from "@/lib/data/clear-ended";
import { clearRateLimits } from "@/lib/data/rate-limits";
import { clearDeliveries } from "@/lib/data/webhook-deliveries";

/** The house's own housekeeping: clears counts of attempts that have run out, and what ended long ago. */
export async function tidyUp(): Promise<void> {
  await clearRateLimits();
  await clearEnded();
  await clearDeliveries();
}
