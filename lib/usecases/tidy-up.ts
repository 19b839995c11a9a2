import { clearEnded } from "@/lib/data/clear-ended";
import { clearKeptReplies } from "@/lib/data/kept-replies";
import { clearRateLimits } from "@/lib/data/rate-limits";
import { clearDeliveries } from "@/lib/data/webhook-deliveries";

/** The house's own housekeeping: clears counts of attempts and kept replies that have run out, and what ended long ago. */
export async function tidyUp(): Promise<void> {
  await clearRateLimits();
  await clearKeptReplies();
  await clearEnded();
  await clearDeliveries();
}
