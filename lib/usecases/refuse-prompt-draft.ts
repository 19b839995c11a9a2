import type { Tx } from "@/lib/data/client";
import { promptVersionNow } from "@/lib/data/prompts";
import { staffNames } from "@/lib/data/staff";
import { Refusal } from "@/lib/domain/refusal";

/**
 * Says why a prompt's draft is not as somebody saw it: published meanwhile (`already-published`), saved by another
 * (`conflict-draft-changed`, with the newer revision), or gone (`conflict-draft-changed`). Always throws.
 */
export async function refuseChangedPrompt(db: Tx, seen: { useId: string; draft: string }): Promise<never> {
  const row = await promptVersionNow(db, seen);
  if (row?.publishedAt) throw new Refusal("already-published", `Version ${row.number} has been published meanwhile. Start a new version to change it.`);
  if (!row) throw new Refusal("conflict-draft-changed", "This draft was discarded meanwhile. Go back to the prompt to start a new one.");
  const nameOf = await staffNames(db, row.authorIds);
  throw new Refusal("conflict-draft-changed", `This draft was saved meanwhile (it is written by ${row.authorIds.map(nameOf).join(" and ")}). Nothing you typed is lost.`, {
    detail: { revision: row.revision },
  });
}
