import type { Entry, FactKind } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";

/**
 * For requests that were sent before: the entry of this kind that the first one wrote, if it did what is asked now.
 * A form that somebody went back to and changed still has its request id; to say "done" then would lose the change.
 * Throws `idempotency-conflict`.
 */
export function sameRequest<K extends FactKind>(entries: readonly Entry[], kind: K, same: (entry: Extract<Entry, { kind: K }>) => boolean): Extract<Entry, { kind: K }> {
  const entry = entries.find((one): one is Extract<Entry, { kind: K }> => one.kind === kind);
  if (!entry || !same(entry)) throw otherRequest();
  return entry;
}

/** The same request id with something else to do. */
export function otherRequest(): Refusal {
  return new Refusal("idempotency-conflict", "This page was already used for something else. Reload it and try again.");
}
