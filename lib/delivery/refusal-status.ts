import type { RefusalCode } from "@/lib/domain/refusal";

/** The one table from refusal to HTTP status (RFC 9110 §15.5); complete by type. */
export const statusOf: { readonly [C in RefusalCode]: number } = {
  "not-found": 404,
  forbidden: 403,
  "signed-out": 401,
  invalid: 422,
  "conflict-draft-changed": 409,
  "version-superseded": 409,
  "already-published": 409,
  "same-author": 409,
  "nothing-changed": 409,
  "basis-switch": 409,
  "question-superseded": 409,
  "question-unknown": 422,
  "idempotency-conflict": 409,
  "too-large": 413,
  "too-many-attempts": 429,
  "link-used": 410,
  "link-expired": 410,
  "wrong-credentials": 401,
  "name-taken": 409,
  "last-admin": 409,
  suppressed: 409,
  "permission-required": 403,
  unavailable: 503,
};
