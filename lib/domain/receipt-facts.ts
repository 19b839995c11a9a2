import type { PermissionState } from "./decision";
import type { By } from "./entry";
import { subsumes } from "./taxonomy";
import type { Terms } from "./terms";
import type { NameOf } from "./words";

/** What receipts of other standards are written from: one answer about a data use, and everything it rests on. */
export type ReceiptFacts = {
  /** RFC 6962 leaf hash of the answer's entry, lower-case hex. */
  readonly leaf: string;
  /** When the answer was recorded; ISO 8601 in UTC, as in the entry. */
  readonly at: string;
  readonly person: string;
  readonly by: By;
  /** How the person came to answer, as in the entry. */
  readonly channel: string;
  readonly answer: PermissionState;
  /** Beside a refusal: the earlier version to which the person's grant stands. */
  readonly keeps: number | null;
  readonly expiresAt: string | null;
  /** Good for one decision. */
  readonly once: boolean;
  /** Hex commitment to who answered for the person. */
  readonly guardian: string | null;
  /** Given elsewhere: where, and when by what that source says. What was shown there is not known here. */
  readonly imported: { readonly source: string; readonly answeredAt: string } | null;
  /** The same person granted the same data use before. */
  readonly renewed: boolean;
  readonly use: { readonly key: string; readonly name: string; readonly version: number; readonly terms: Terms };
  readonly nameOf: NameOf;
  /** What stood in front of the person; of a withdrawal, what they are taking back. Null where no question was ever shown. */
  readonly notice: { readonly digest: string; readonly locale: string; readonly title: string; readonly question: string } | null;
  /** Who answers for the processing, as this installation knows it. `house` is the address of its pages, without a slash at its end. */
  readonly controller: { readonly name: string; readonly email: string | null; readonly house: string };
  /** The policy version in force at the answer that describes this use, or the list of all policies. */
  readonly policyUrl: string;
  /** When this receipt was written. */
  readonly created: string;
  /** The answer's proof, as in the receipt file. */
  readonly proof: { readonly key: string; readonly entry: string; readonly proof: string };
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Said in the place of what a standard requires and nobody has told Handshake. */
export const notStated = "not stated";

/**
 * A UUID (RFC 9562 §5.8, version 8) made from 16 bytes of a digest, so that the same entry always has the same one.
 * `half` chooses which 16 of the 32 bytes.
 */
export function uuidFromDigest(digest: string, half: 0 | 1): string {
  const hex = digest.slice(half * 32, half * 32 + 32);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

/** GDPR Art. 9(1), as far as the taxonomy has words for it. */
const special = [
  "user.authorization.biometric",
  "user.biometric",
  "user.demographic.political_opinion",
  "user.demographic.race_ethnicity",
  "user.demographic.religious_belief",
  "user.demographic.sexual_orientation",
  "user.health_and_medical",
];

/** Whether a category of data is or takes in a special one (GDPR Art. 9(1)): `user.demographic` takes in political opinions. */
export function isSpecialCategory(category: string): boolean {
  return special.some((one) => subsumes(one, category) || subsumes(category, one));
}
