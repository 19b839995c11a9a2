import type { DeliveryState, EventKind } from "@/lib/domain/webhook";

/** What a subscriber can be told of, as staff say it. */
export const kindWords: { readonly [K in EventKind]: { readonly name: string; readonly when: string } } = {
  "permission.changed": { name: "Permissions", when: "A customer said yes or no, took it back or objected." },
  "question.due": { name: "Questions due", when: "A publication leaves customers to be asked. Sent once, not once for each of them." },
  "policy.published": { name: "Policies", when: "A new version of a policy was published." },
  "person.forgotten": { name: "Forgotten customers", when: "A customer was forgotten; your systems should follow." },
  "memory.removed": { name: "Memory", when: "Something is no longer remembered about a customer." },
};

export const stateWords: { readonly [S in DeliveryState]: string } = { waiting: "Waiting", delivered: "Delivered", confirmed: "Confirmed", parked: "Parked" };

const codes: Readonly<Record<string, string>> = {
  timeout: "no answer within 10 seconds",
  "private-address": "the address is not on the public internet",
  "not-https": "the address has no https://",
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the line was cut",
  ENOTFOUND: "there is no such server",
};

/** How the last try went, in words; a status stands for itself. */
export const codeInWords = (code: string): string => codes[code] ?? (/^\d{3}$/.test(code) ? `answered ${code}` : code);
