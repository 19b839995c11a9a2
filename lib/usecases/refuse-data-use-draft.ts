import type { Tx } from "@/lib/data/client";
import { staffNames } from "@/lib/data/staff";
import { Refusal } from "@/lib/domain/refusal";

/**
 * Says why a draft is not as somebody saw it: published meanwhile (`already-published`), saved by another
 * (`conflict-draft-changed`, with the newer revision), or gone (`conflict-draft-changed`). Always throws.
 */
export async function refuseChangedDraft(db: Tx, seen: { useId: string; draft: string }): Promise<never> {
  const row = await db.dataUseVersion.findFirst({
    where: { id: seen.draft, useId: seen.useId },
    select: { number: true, revision: true, publishedAt: true, authorIds: true },
  });
  if (row?.publishedAt) throw new Refusal("already-published", `Version ${row.number} has been published meanwhile. Start a new version to change it.`);
  if (!row) throw new Refusal("conflict-draft-changed", "This draft was discarded meanwhile. Go back to the data use to start a new one.");
  const nameOf = await staffNames(db, row.authorIds);
  throw new Refusal("conflict-draft-changed", `This draft was saved meanwhile (it is written by ${row.authorIds.map(nameOf).join(" and ")}). Nothing you typed is lost.`, {
    detail: { revision: row.revision },
  });
}
