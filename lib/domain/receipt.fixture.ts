import type { ReceiptFacts } from "./receipt-facts";
import type { Terms } from "./terms";

/** One grant as facts, for tests of receipts. */
export const terms: Terms = {
  categories: ["user.behavior.interest_in_mountain_bikes", "user.health_and_medical"],
  purpose: "personalize.content",
  recipients: [
    { name: "Fjord Parcel", kind: "processor" },
    { name: "Trail Club", kind: "partner" },
  ],
  retention: { kind: "period", count: 12, unit: "months" },
  legalBasis: "consent",
  places: ["NO", "DE"],
  sources: ["told", "observed", "inferred", "obtained"],
  sharing: "shared",
  automation: "decided",
  benefits: ["New bikes come first"],
};

export const facts: ReceiptFacts = {
  leaf: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  at: "2026-11-21T10:11:12.345Z",
  person: "6f1c1d1e-7a43-4a6b-9d55-0d7c2f0d9a11",
  by: { person: "6f1c1d1e-7a43-4a6b-9d55-0d7c2f0d9a11" },
  channel: "mail",
  answer: "granted",
  keeps: null,
  once: false,
  guardian: null,
  imported: null,
  expiresAt: "2027-11-21T10:11:12.345Z",
  renewed: false,
  use: { key: "mountain-bike-picks", name: "Mountain-bike picks", version: 3, terms },
  nameOf: (key) => ({ "personalize.content": "Personalise content", "user.health_and_medical": "Health data" })[key] ?? "Interest in mountain bikes",
  notice: { digest: "ab".repeat(32), locale: "de", title: "Räder, die passen", question: "Dürfen wir uns merken, welche Räder du magst?" },
  controller: { name: "Kestrel & Pine", email: "privacy@kestrel-pine.example", house: "https://privacy.kestrel-pine.example" },
  policyUrl: "https://privacy.kestrel-pine.example/policies/customer-privacy/versions/4",
  created: "2026-11-22T00:00:00.000Z",
  proof: { key: "kestrel-pine.example/handshake+00000000+AAAA", entry: '{"index":7}', proof: "c2sp.org/tlog-proof@v1\nindex 7\n" },
};

export const withTerms = (changes: Partial<Terms>, more: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  ...facts,
  ...more,
  use: { ...facts.use, terms: { ...terms, ...changes } },
});
