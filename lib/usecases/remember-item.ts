import type { PermissionRequired, RememberedView, RememberInput } from "@/lib/contract/memory";
import { database, type Tx } from "@/lib/data/client";
import { findUse, holdPermission, isCategory, keepItem, readPersonKey, readStanding, type KnownUse } from "@/lib/data/memory";
import type { Actor } from "@/lib/domain/actor";
import type { DecisionReason } from "@/lib/domain/decision";
import { mayRecall, reaches } from "@/lib/domain/memory";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { meetPerson } from "@/lib/usecases/meet-person";
import { questionInContext } from "./ask-questions-by-host";
import { factsOf } from "./memory-standing";

/**
 * Remembers something for a person, if their permission covers it. Judged by the same rule as every decision, with the
 * permission held until it is kept: after a withdrawal nothing is kept any more, and what was kept before it goes with it.
 * Throws `permission-required` with the question to ask; `invalid` for a use that is not published or terms that do not
 * reach so far; `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function rememberItem(actor: Actor, ref: string, key: string, input: RememberInput): Promise<RememberedView> {
  authoriseProgram(actor, "remember");
  const use = await findUse(database(), input.use);
  if (use === null) throw notPublished(input.use);
  if (!(await isCategory(database(), input.category))) throw refusedAt("category", "There is no such data category.");
  const person = await meetPerson(ref);
  for (;;) {
    const kept = await database().$transaction((tx) => keepUnderPermission(tx, person, use, key, input));
    if (kept === "begin again") continue;
    if ("reason" in kept) throw await permissionRequired(person, use.key, kept.reason);
    return kept;
  }
}

async function keepUnderPermission(tx: Tx, person: string, use: KnownUse, key: string, input: RememberInput): Promise<RememberedView | { readonly reason: DecisionReason } | "begin again"> {
  if (!(await holdPermission(tx, person, use.id))) return "begin again";
  const standing = await readStanding(tx, person, use.id, input.version ?? null);
  const facts = factsOf(standing);
  if (facts === null) {
    if (input.version === undefined) throw notPublished(use.key);
    throw refusedAt("version", `The data use “${use.key}” has no published version ${input.version}.`);
  }
  const { value, category, source, note = null } = input;
  const { version, terms } = facts.requested;
  const reached = reaches(terms, { category, source });
  if (!reached.category) throw refusedAt("category", `Version ${version} of “${use.key}” does not reach to this category.`);
  if (!reached.source) throw refusedAt("source", `Version ${version} of “${use.key}” does not say that data comes to be known like this.`);
  const decision = mayRecall(facts, { category, source, frozen: false, once: standing.once });
  if (!decision.covered) return { reason: decision.reason };
  const secret = await readPersonKey(tx, person);
  if (secret === null) throw new Refusal("not-found", "This customer was just forgotten.");
  // What needs no answer stands on none, though there may be one.
  const entryIndex = decision.reason === "granted" ? standing.entryIndex : null;
  const standsUntil = decision.reason === "granted" ? standing.expiresAt : null;
  const { createdAt, updatedAt, lastReadAt } = await keepItem(tx, secret, { person, useId: use.id, version, entryIndex, standsUntil, category, remembered: { key, value, source, note } });
  return {
    key,
    use: use.key,
    version,
    index: entryIndex === null ? null : Number(entryIndex),
    category,
    source,
    note,
    rememberedAt: createdAt.toISOString(),
    changedAt: updatedAt.toISOString(),
    readAt: lastReadAt?.toISOString() ?? null,
  };
}

/** Asked for only after the transaction is gone: what is served is noted in one of its own. */
async function permissionRequired(person: string, use: string, reason: DecisionReason): Promise<Refusal> {
  const detail: PermissionRequired = { reason, question: await questionInContext(person, use) };
  if (reason === "granted") return new Refusal("permission-required", "This customer permitted it for one time only. To remember something, ask them for a permission that lasts.", { detail });
  const words = detail.question ? "Ask the question that comes with this, and remember it after a yes." : "Nothing can be asked about it now.";
  return new Refusal("permission-required", `No permission of this customer covers it (${reason}). ${words}`, { detail });
}

const refusedAt = (path: string, message: string): Refusal => new Refusal("invalid", message, { faults: [{ path, message }] });
const notPublished = (use: string): Refusal => refusedAt("use", `There is no published data use “${use}”.`);
