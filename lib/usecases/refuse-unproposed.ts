import { Refusal } from "@/lib/domain/refusal";

/** Whoever writes says when it is done: nobody publishes what is still being written. Throws `conflict-draft-changed`. */
export function refuseUnproposed(draft: { readonly proposedAt: Date | null }): void {
  if (draft.proposedAt === null) {
    throw new Refusal("conflict-draft-changed", "This draft is being written again. It can be published once its author has asked for approval.");
  }
}
