import { openIn } from "@/lib/contract/terms";
import { sameTerms } from "@/lib/domain/compare-terms";
import { Refusal } from "@/lib/domain/refusal";
import type { Terms } from "@/lib/domain/terms";

/**
 * What stands between a draft and its publication, as the refusal it would meet; null when nothing does.
 *
 * - `invalid`: nobody could agree to it yet, since what is remembered or what for is open.
 * - `basis-switch`: away from consent. Who was asked for permission may not be told later that none was needed
 *   (EDPB Guidelines 05/2020 on consent, paragraphs 121–123).
 * - `nothing-changed`: the same deal as the version in force; publishing it would ask people for nothing.
 */
export function checkDataUseDraft(draft: Terms, live: Terms | null): Refusal | null {
  const open = openIn(draft);
  if (open.length > 0) return new Refusal("invalid", "This draft is not complete yet.", { faults: open });
  if (live === null) return null;
  if (live.legalBasis === "consent" && draft.legalBasis !== "consent") {
    return new Refusal(
      "basis-switch",
      "This data use asks people for permission, and that cannot be switched to another legal basis afterwards. Make a new data use for the other basis.",
      { faults: [{ path: "legalBasis", message: "Keep “With permission”; people were asked for it." }] },
    );
  }
  if (sameTerms(live, draft)) {
    return new Refusal("nothing-changed", "Nothing has changed against the version in force. Change the terms, or discard this draft.");
  }
  return null;
}
