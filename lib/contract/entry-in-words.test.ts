import { describe, expect, it } from "vitest";
import { entryInWords } from "./entry-in-words";
import { factKinds, type Names } from "./ledger";
import type { By, Fact } from "@/lib/domain/entry";

const names: Names = {
  staff: new Map([["s1", "Aiko Sato"], ["s2", "Ben Okri"]]),
  uses: new Map([["picks", "Mountain-bike picks"]]),
  policies: new Map([["privacy", "Privacy policy"]]),
  keys: new Map([["k1", "Shop website"]]),
};
const words = (fact: Fact, by: By = { staff: "s1" }) => entryInWords({ ...fact, index: 1, at: "2026-11-21T09:00:00.000Z", previous: "00", by }, names);

const use = { v: 1, use: "picks", version: 2, replaces: 1, digest: "", authors: [], twoPairsOfEyes: true } as const;
const policy = { kind: "policy-published", v: 1, policy: "privacy", version: 3, replaces: 2, digest: "", texts: {}, inForceFrom: "2026-12-01T00:00:00.000Z", editorial: false, history: [], authors: [], twoPairsOfEyes: true } as const;
const answer = { kind: "permission-answered", v: 3, identity: null, person: "p", use: "picks", version: 2, shown: null, channel: "page", expiresAt: null } as const;
const cases: readonly (readonly [Fact, string])[] = [
  [{ kind: "use-published", ...use, legalBasis: "consent", reask: "any", carriedFrom: [] }, "Aiko Sato published version 2 of “Mountain-bike picks”."],
  [{ kind: "prompt-published", ...use, twoPairsOfEyes: false }, "Aiko Sato published version 2 of the prompt for “Mountain-bike picks”, without a second person."],
  [policy, "Aiko Sato published version 3 of “Privacy policy”, in force from 1 December 2026."],
  [{ ...policy, history: [{ number: 1, digest: "", inForceFrom: "" }] }, "Aiko Sato published version 3 of “Privacy policy”, in force from 1 December 2026, with 1 earlier version."],
  [{ kind: "policy-imported", v: 1, policy: "privacy", versions: [] }, "Aiko Sato imported 0 versions of “Privacy policy”."],
  [{ kind: "policy-cancelled", v: 1, policy: "gone", version: 4 }, "Aiko Sato called off version 4 of “gone” before it came into force."],
  [{ ...answer, answer: "granted" }, "A customer said yes to version 2 of “Mountain-bike picks”, recorded by Aiko Sato."],
  [{ ...answer, answer: "refused", keeps: 1, expiresAt: "2027-03-03T00:00:00.000Z" }, "A customer said no to version 2 of “Mountain-bike picks” and kept what they agreed to with version 1, until 3 March 2027, recorded by Aiko Sato."],
  [{ ...answer, answer: "objected", channel: "gpc" }, "A customer objected, by a signal of their browser, to version 2 of “Mountain-bike picks”, recorded by Aiko Sato."],
  [{ ...answer, answer: "granted", once: true, guardian: "ab" }, "A customer said yes to version 2 of “Mountain-bike picks”, for one time, through somebody who answers for them, recorded by Aiko Sato."],
  [
    { ...answer, answer: "granted", channel: "import", imported: { source: "The old shop", answeredAt: "2024-03-03T00:00:00.000Z" } },
    "A customer had said yes to version 2 of “Mountain-bike picks”, by what “The old shop” says of 3 March 2024; what was shown to them there is not known here, recorded by Aiko Sato.",
  ],
  [{ kind: "permission-used", v: 1, person: "p", use: "picks", version: 2, of: 7 }, "Aiko Sato made the one decision that a customer’s yes to “Mountain-bike picks” was good for."],
  [{ kind: "policy-answered", v: 3, identity: null, person: "p", policy: "privacy", version: 3, answer: "refused", shown: "", channel: "page" }, "A customer did not accept version 3 of “Privacy policy”, recorded by Aiko Sato."],
  [{ kind: "person-invited", v: 1, person: "p", channel: "invitation" }, "Aiko Sato invited a customer."],
  [{ kind: "person-forgotten", v: 1, person: "p", suppressed: true, again: false }, "Aiko Sato forgot a customer and will leave their address alone."],
  [{ kind: "ledger-restored", v: 1, size: 10, witnessedSize: 12, witnessedRoot: "" }, "Aiko Sato went on from a restored backup; entries that had been seen outside are gone."],
  [{ kind: "export-created", v: 1, what: "answers", subject: "use:picks@2", rows: 1204 }, "Aiko Sato downloaded every answer to version 2 of “Mountain-bike picks” (1,204 rows)."],
  [{ kind: "export-created", v: 1, what: "acceptance", subject: "all", rows: 1 }, "Aiko Sato downloaded the acceptance of every version (1 row)."],
  [{ kind: "export-created", v: 1, what: "ledger", subject: "all", rows: 14_021 }, "Aiko Sato downloaded the whole ledger (14,021 entries)."],
  [{ kind: "staff-invited", v: 1, invitation: "i", role: "officer" }, "Aiko Sato invited a colleague as officer."],
  [{ kind: "staff-joined", v: 1, staff: "s1", role: "officer", invitation: "i" }, "Aiko Sato joined as officer."],
  [{ kind: "staff-role-changed", v: 1, staff: "s2", from: "officer", to: "approver" }, "Aiko Sato changed the role of Ben Okri from officer to approver."],
  [{ kind: "staff-disabled", v: 1, staff: "s2" }, "Aiko Sato disabled the account of Ben Okri."],
  [{ kind: "staff-enabled", v: 1, staff: "s9" }, "Aiko Sato enabled the account of a colleague again."],
  [{ kind: "invitation-revoked", v: 1, invitation: "i" }, "Aiko Sato revoked an invitation."],
  [{ kind: "key-created", v: 1, key: "k1", scopes: ["ask", "decide"] }, "Aiko Sato created an API key “Shop website” for ask, decide."],
  [{ kind: "key-created", v: 1, key: "k1", scopes: ["ask"], origins: ["https://shop.example.com"] }, "Aiko Sato created a browser key “Shop website” for ask on https://shop.example.com."],
  [{ kind: "key-rotated", v: 1, key: "k1", replaces: "k0", until: "2026-11-23T09:00:00.000Z" }, "Aiko Sato replaced the API key “Shop website”; the old one goes on until 23 November 2026."],
  [{ kind: "key-revoked", v: 1, key: "k2" }, "Aiko Sato revoked an API key."],
  [{ kind: "webhook-created", v: 1, webhook: "w", kinds: ["permission.changed", "person.forgotten"], confirms: true }, "Aiko Sato added a webhook that is told of changed permissions, forgotten customers."],
  [{ kind: "webhook-changed", v: 1, webhook: "w", changed: ["kinds", "paused"] }, "Aiko Sato changed a webhook: what it is told of, paused."],
  [{ kind: "webhook-removed", v: 1, webhook: "w" }, "Aiko Sato removed a webhook."],
  [{ kind: "export-created", v: 1, what: "list", subject: "use:picks", rows: null }, "Aiko Sato downloaded a list of people, cleansed for “Mountain-bike picks”."],
  [{ kind: "settings-changed", v: 1, changes: { twoPairsOfEyes: { from: true, to: false } } }, "Aiko Sato switched off that publishing takes two people."],
];

describe("an entry in plain words", () => {
  it.each(cases)("%j", (fact, sentence) => {
    expect(words(fact)).toBe(sentence);
  });

  it("has words for every kind", () => {
    const told = new Set(cases.map(([fact]) => fact.kind));
    expect(factKinds.filter((kind) => !told.has(kind))).toEqual([]);
  });

  it("says who did it, whoever it was", () => {
    expect(words({ ...answer, answer: "withdrawn" }, { person: "p" })).toBe("A customer took back the yes to version 2 of “Mountain-bike picks”.");
    expect(words({ ...answer, answer: "granted" }, { key: "k1" })).toBe("A customer said yes to version 2 of “Mountain-bike picks”, recorded by the host application “Shop website”.");
    expect(words(policy, { house: true })).toMatch(/^Handshake published/);
    expect(words(policy, { staff: "s9" })).toMatch(/^A colleague who left published/);
  });
});
