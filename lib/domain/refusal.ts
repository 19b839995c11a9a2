/** Every way in which Handshake says no; delivery has one table from code to status, complete by type. */
export const refusalCodes = [
  "not-found",
  "forbidden",
  "signed-out",
  "invalid",
  "conflict-draft-changed",
  "version-superseded",
  "already-published",
  "same-author",
  "nothing-changed",
  "basis-switch",
  "question-superseded",
  "question-unknown",
  "idempotency-conflict",
  "too-large",
  "too-many-attempts",
  "link-used",
  "link-expired",
  "wrong-credentials",
  "name-taken",
  "last-admin",
  "suppressed",
  "permission-required",
  "unavailable",
  "malformed",
  "method-not-allowed",
  "too-slow",
  "address-too-long",
  "unsupported-type",
  "origin-not-allowed",
  "person-token-invalid",
  "person-token-expired",
  "too-many-calls",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What is wrong at one place of the input; `path` is dotted, e.g. `terms.retention.count`. */
export type Fault = { readonly path: string; readonly message: string };

export type RefusalMore = {
  readonly faults?: readonly Fault[];
  /** What a program needs to go on, e.g. the new question beside `question-superseded`; never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** A no that is meant for whoever asked: `message` is a plain sentence that says what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly faults: readonly Fault[] | undefined;
  readonly detail: Readonly<Record<string, unknown>> | undefined;

  constructor(code: RefusalCode, message: string, more: RefusalMore = {}) {
    super(message);
    this.code = code;
    this.faults = more.faults;
    this.detail = more.detail;
  }
}
