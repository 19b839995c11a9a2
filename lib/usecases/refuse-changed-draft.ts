import type { Tx } from "@/lib/data/client";
import { promptVersionNow } from "@/lib/data/prompts";
import { staffNames } from "@/lib/data/staff";
import { dataUseVersionNow, type VersionNow } from "@/lib/data/use-versions";
import { Refusal } from "@/lib/domain/refusal";

type Seen = { readonly useId: string; readonly draft: string };

/**
 * Says why the draft of a data use is not as somebody saw it: published meanwhile (`already-published`), saved by another
 * (`conflict-draft-changed`, with the newer revision), or gone (`conflict-draft-changed`). Always throws.
 */
export async function refuseChangedDraft(db: Tx, seen: Seen): Promise<never> {
  return refuse(db, await dataUseVersionNow(db, seen), "data use");
}

/** The same of a prompt's draft. */
export async function refuseChangedPrompt(db: Tx, seen: Seen): Promise<never> {
  return refuse(db, await promptVersionNow(db, seen), "prompt");
}

async function refuse(db: Tx, now: VersionNow | null, of: "data use" | "prompt"): Promise<never> {
  if (now?.publishedAt) throw new Refusal("already-published", `Version ${now.number} has been published meanwhile. Start a new version to change it.`);
  if (!now) throw new Refusal("conflict-draft-changed", `This draft was discarded meanwhile. Go back to the ${of} to start a new one.`);
  const nameOf = await staffNames(db, now.authorIds);
  throw new Refusal("conflict-draft-changed", `This draft was saved meanwhile (it is written by ${now.authorIds.map(nameOf).join(" and ")}). Nothing you typed is lost.`, {
    detail: { revision: now.revision },
  });
}
