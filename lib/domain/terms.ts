/**
 * The terms of a data use: what a person is asked to agree to, as structured facts rather than prose.
 * Two versions of the same use are compared dimension by dimension (see `compare-terms.ts`).
 */
export type Terms = {
  /** Taxonomy keys of the data concerned, dotted, e.g. `user.contact.address`; a key subsumes every key below it. */
  readonly categories: readonly string[];
  /** One taxonomy key of what the data is used for; asking specifically means exactly one. */
  readonly purpose: string;
  readonly recipients: readonly Recipient[];
  readonly retention: Retention;
  readonly legalBasis: LegalBasis;
  /** Where the data is kept or used: ISO 3166-1 alpha-2 country codes. */
  readonly places: readonly string[];
  readonly sources: readonly Source[];
  readonly sharing: Sharing;
  readonly automation: Automation;
  /** What the person is promised in return, one short sentence each. */
  readonly benefits: readonly string[];
};

/** Somebody besides the organisation who receives the data. None at all means it stays in the house. */
export type Recipient = { readonly name: string; readonly kind: RecipientKind };

export const recipientKinds = ["processor", "partner", "third-party", "public"] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** How long the data is kept, counted from when it was collected. */
export type Retention =
  | { readonly kind: "period"; readonly count: number; readonly unit: "days" | "months" }
  | { readonly kind: "relationship" }
  | { readonly kind: "indefinite" };

/** GDPR Art. 6(1)(a)–(f). */
export const legalBases = ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"] as const;
export type LegalBasis = (typeof legalBases)[number];

/** How the data comes to be known. */
export const sources = ["told", "observed", "inferred", "obtained"] as const;
export type Source = (typeof sources)[number];

/** A scale: each step lets the data go further than the one before. */
export const sharings = ["none", "shared", "sold"] as const;
export type Sharing = (typeof sharings)[number];

/** A scale: each step leaves less to a human being (GDPR Art. 22 begins at `significant`). */
export const automations = ["none", "assisted", "decided", "significant"] as const;
export type Automation = (typeof automations)[number];

export const dimensions = [
  "categories",
  "purpose",
  "recipients",
  "retention",
  "legalBasis",
  "places",
  "sources",
  "sharing",
  "automation",
  "benefits",
] as const satisfies readonly (keyof Terms)[];
export type Dimension = (typeof dimensions)[number];
