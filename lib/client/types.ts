// What goes over the wire, in types of the client's own: it depends on nothing. A test holds them against the schemas
// that the gateway parses by.

export type Scalar = string | number | boolean | null;
export type Json = Scalar | readonly Json[] | { readonly [name: string]: Json };

export type Choice = "granted" | "refused" | "kept" | "accepted" | "acknowledged";
export type QuestionReason = "never-asked" | "use-changed" | "new-version" | "expired" | "your-choice";
export type DecisionReason = "granted" | "not-required" | "never-asked" | "refused" | "withdrawn" | "expired" | "use-changed" | "objected";

type Words = {
  /** Stands for this person, this version and these very words; send it back with the answer. */
  token: string;
  version: number;
  /** The version that this person last answered. */
  answeredVersion: number | null;
  reason: QuestionReason;
  locale: string;
  title: string;
  question: string;
  benefit: string;
  ifNo: string;
  terms: { dimension: string; label: string; value: string }[];
  /** What differs from what this person last answered, what asks more of them first. */
  changes: { dimension: string; label: string; relation: "narrower" | "wider" | "different"; from: string; to: string; text: string }[];
  choices: { answer: Choice; label: string; keeps?: number }[];
  /** SHA-256 of what is to be shown, hex. */
  digest: string;
};
/** `signal`: to somebody whose browser says not to sell, share or target, what their yes would mean. Show it with the rest. */
export type Question = ({ kind: "permission"; use: string; signal?: string } & Words) | ({ kind: "policy"; policy: string } & Words);

export type AskRequest = { person: string; audience?: string; locale?: string; uses?: readonly string[]; limit?: number };
export type Questions = {
  questions: Question[];
  /** How many more are due, and held back for now. */
  waiting: number;
  budget: { perVisit: number; perMonth: number | null; leftThisMonth: number | null };
};
export type Due = { due: number; uses: string[]; policies: string[] };

/** Who answers for a person, e.g. for a child. */
export type Guardian = { ref?: string; name?: string; relation: string };
export type AnswerRequest = {
  person: string;
  /** How the person came to answer; a short word of yours. */
  channel?: string;
  guardian?: Guardian;
  answers: readonly ({ token: string; answer: Choice; until?: string; once?: boolean } | { use: string; answer: "withdrawn" })[];
};
export type Receipt = {
  index: number;
  kind: "permission" | "policy";
  use?: string;
  policy?: string;
  version: number;
  answer: string;
  keeps?: number;
  until?: string;
  once?: true;
  recordedAt: string;
  digest: string | null;
  leaf: string;
  checkpoint: string;
  proof: string[];
};
export type Receipts = { receipts: Receipt[] };

export type DecisionRequest = {
  person: string;
  use: string;
  /** The version of the use that you mean; the live one unless said. */
  version?: number;
  /** What it is for, in a short word of yours, for the counts. */
  call?: string;
};
export type Decision = {
  allowed: boolean;
  reason: DecisionReason;
  use: string;
  version: number;
  answeredVersion?: number;
  answeredAt?: string;
  index?: number;
  /** The permission was good for one decision, and this was it. */
  once?: true;
  /** The answer was given elsewhere and brought in. */
  imported?: true;
};

export type Source = "told" | "observed" | "inferred" | "obtained";
export type RememberRequest = { value: Json; category: string; use: string; version?: number; source: Source; note?: string };
export type Remembered = {
  key: string;
  use: string;
  version: number;
  index: number | null;
  category: string;
  source: Source;
  note: string | null;
  rememberedAt: string;
  changedAt: string;
  readAt: string | null;
};
export type MemoryItem = Remembered & { value: unknown };

export type ImportRequest = {
  source: string;
  consents: readonly { person: string; use: string; version: number; answer: "granted" | "refused" | "withdrawn" | "objected"; answeredAt: string; until?: string }[];
};

export type ListOptions = {
  use: string;
  type: "csv" | "ndjson";
  version?: number;
  /** Who stays: those who permit it (unless said), or the others with the reason. */
  keep?: "permitted" | "suppressed";
  /** The CSV column or NDJSON field that names the person. */
  column?: string;
};
