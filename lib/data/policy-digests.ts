import type { PolicyText } from "@/lib/contract/policy-views";
import { digestOf, toHex } from "@/lib/data/digest";

/** SHA-256 of a text's locale, title and Markdown (as canonical JSON). */
export function policyTextDigest({ locale, title, markdown }: PolicyText): Uint8Array<ArrayBuffer> {
  return digestOf({ locale, markdown, title });
}

/** What a published version is held to: which policy and number, the digest of each text, and what its clauses cite. */
export function policyVersionDigest(version: {
  readonly policy: string;
  readonly number: number;
  /** Hex digests by locale. */
  readonly texts: Readonly<Record<string, string>>;
  readonly citations: readonly { readonly clause: string; readonly use: string }[];
}): Uint8Array<ArrayBuffer> {
  const citations = version.citations
    .map(({ clause, use }) => ({ clause, use }))
    .sort((a, b) => compare(a.clause, b.clause) || compare(a.use, b.use));
  return digestOf({ citations, policy: version.policy, texts: version.texts, version: version.number });
}

/** Hex digests by locale, as the ledger has them. */
export function digestsByLocale(texts: readonly { readonly locale: string; readonly digest: Uint8Array }[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => [text.locale, toHex(text.digest)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
