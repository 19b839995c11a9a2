import type { Scope } from "@/lib/domain/actor";

/** What a key may do, as people say it. */
export const scopeWords: { readonly [S in Scope]: { readonly name: string; readonly does: string } } = {
  ask: { name: "Ask", does: "Fetches the questions a customer is due, and brings their answers back." },
  decide: { name: "Decide", does: "Asks whether something may be done for a customer now." },
  remember: { name: "Remember", does: "Reads and changes what is remembered for a customer." },
  audit: { name: "Audit", does: "Reads the ledger and its proofs." },
};
