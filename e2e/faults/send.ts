import { Refusal } from "@/lib/domain/refusal";
import type { Journal } from "./journal";
import { perform, type Request } from "./requests";

/**
 * Sends a request and notes in the journal that it was sent and what came of it, before anybody hears of it. A refusal is
 * an answer too.
 * Throws what is no answer: nobody knows then what became of it.
 */
export async function send(journal: Journal, request: Request): Promise<void> {
  journal.write({ sent: request, at: Date.now() });
  try {
    journal.write({ acknowledged: request.id, bytes: await perform(request) });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      journal.write({ failed: request.id, error: String(error) });
      throw error;
    }
    journal.write({ refused: request.id, code: error.code });
  }
}
