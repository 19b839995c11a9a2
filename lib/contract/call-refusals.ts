import type { Call } from "@/lib/contract/call";
import type { RefusalCode } from "@/lib/domain/refusal";

/** Whether, and how, an Idempotency-Key makes sending twice harmless. */
export const idempotencyOf = (call: Call): "kept" | "ledger" | "none" => call.idempotency ?? (call.method === "get" ? "none" : "kept");

/** Every code that a call may be refused with: its own, and those that follow from what it takes and who may make it. */
export function refusalsOf(call: Call): RefusalCode[] {
  const codes: RefusalCode[] = [
    ...(call.scope === null ? [] : (["signed-out", "forbidden"] as const)),
    ...(call.browser ? (["person-token-invalid", "person-token-expired", "origin-not-allowed"] as const) : call.scope === null ? [] : (["origin-not-allowed"] as const)),
    ...call.refusals,
    ...(call.params || call.query || call.body || idempotencyOf(call) !== "none" ? (["invalid"] as const) : []),
    ...(call.body ? (["too-large"] as const) : []),
    ...(call.body || call.streams ? (["too-slow", "unsupported-type"] as const) : []),
    ...(idempotencyOf(call) === "none" ? [] : (["idempotency-conflict"] as const)),
    "too-many-calls",
    "malformed",
    "address-too-long",
    "unavailable",
  ];
  return [...new Set(codes)];
}

/** What each code that the gateway may give means, and what to do; a sentence for programmers. */
export const codeWords: { readonly [C in RefusalCode]?: string } = {
  "signed-out": "The API key is missing, unknown, revoked or has run out. Send `Authorization: Bearer …` with one that holds.",
  forbidden: "The API key lacks the scope for this, or speaks for somebody else.",
  "person-token-invalid": "The token of a browser's person is missing, is not ours or no longer holds. Fetch a fresh one from your server.",
  "person-token-expired": "The token of a browser's person has run out. Fetch a fresh one from your server.",
  "origin-not-allowed": "The browser key does not name the website that this page belongs to.",
  "not-found": "What the call names is not there; `errors` says which part.",
  invalid: "Something in the request is not as it should be; `errors` names each place.",
  malformed: "This cannot be read as a request at all.",
  "too-large": "The body is larger than the call takes. Send less at once.",
  "too-slow": "The body did not arrive in time.",
  "unsupported-type": "The body says that it is something else than the call takes.",
  "address-too-long": "The address is longer than 4,096 characters.",
  "idempotency-conflict": "This Idempotency-Key was used for another request. Take a new one for each.",
  "method-not-allowed": "The address is right, the method is not; `Allow` names those that are.",
  "too-many-calls": "Too many calls with this key, or for this person from a browser. Go on after `Retry-After` seconds.",
  unavailable: "The database does not answer just now. Nothing was decided or saved; try again after `Retry-After` seconds, with the same Idempotency-Key.",
  suppressed: "This person was forgotten and asked to be left alone.",
  "permission-required": "No permission covers this. The question that would have to be asked comes with the refusal.",
  "question-superseded": "The question was changed since it was asked. The new one comes with the refusal.",
  "question-unknown": "The token is not one of a question that was asked of this person.",
  "nothing-changed": "This is so already.",
};
