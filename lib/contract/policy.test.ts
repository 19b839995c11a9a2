import { describe, expect, test } from "vitest";
import { newPolicy, policyCitations, policyDraft, policyImport, policyPublication } from "./policy";
import { runsOf, type ComparedBlock } from "./policy-comparison";

const id = "6f1c1f0a-8f0e-4c89-9f5e-1d2b3c4d5e6f";
const publication = { requestId: id, key: "privacy", draft: id, version: "2", revision: "3", replaces: "1", when: "now" };
const draft = { key: "privacy", draft: id, revision: "1", changeNote: "", asking: "ask", texts: [{ locale: "en", title: "Privacy", markdown: "# Privacy" }] };
const faultsOf = (result: { success: boolean; error?: { issues: readonly { path: readonly PropertyKey[] }[] } | undefined }) => result.error?.issues.map((issue) => issue.path.join("."));

describe("publishing", () => {
  test("a moment is read as UTC, with seconds or without", () => {
    const at = (inForceFrom: string) => policyPublication.parse({ ...publication, when: "later", inForceFrom }).inForceFrom?.toISOString();
    expect([at("2030-01-01T09:00"), at("2030-01-01T09:00:30")]).toEqual(["2030-01-01T09:00:00.000Z", "2030-01-01T09:00:30.000Z"]);
  });

  test("later needs a moment, and now forgets one", () => {
    expect(faultsOf(policyPublication.safeParse({ ...publication, when: "later", inForceFrom: "" }))).toEqual(["inForceFrom"]);
    expect(faultsOf(policyPublication.safeParse({ ...publication, when: "later", inForceFrom: "31.12.2030" }))).toEqual(["inForceFrom"]);
    expect(policyPublication.parse({ ...publication, inForceFrom: "2030-01-01T09:00" }).inForceFrom).toBeNull();
  });

  test("the first version replaces none", () => {
    expect(policyPublication.parse({ ...publication, replaces: "" }).replaces).toBeNull();
  });
});

describe("writing", () => {
  test("a short name is made from the title when none is given", () => {
    const made = { requestId: id, title: "Datenschutz für Kunden", audience: "customers", asks: "accept" };
    expect(newPolicy.parse({ ...made, key: "" }).key).toBe("datenschutz-fur-kunden");
    expect(faultsOf(newPolicy.safeParse({ ...made, title: "プライバシー", key: "" }))).toEqual(["key"]);
  });

  test("each language is there once", () => {
    const twice = { ...draft, texts: [...draft.texts, ...draft.texts] };
    expect(faultsOf(policyDraft.safeParse(twice))).toEqual(["texts.1.locale"]);
  });

  test("texts that the database cannot keep are refused at their field", () => {
    for (const markdown of ["a\u0000b", "a\ud800b", "x".repeat(500_001), "  "]) {
      expect(faultsOf(policyDraft.safeParse({ ...draft, texts: [{ locale: "en", title: "T", markdown }] }))).toEqual(["texts.0.markdown"]);
    }
  });

  test("a clause may cite nothing, and unknown fields are refused", () => {
    expect(policyCitations.parse({ key: "privacy", draft: id, revision: "1", citations: [{ clause: "picks", add: "" }] }).citations).toEqual([{ clause: "picks", add: "" }]);
    expect(policyCitations.safeParse({ key: "privacy", draft: id, revision: "1", other: "x" }).success).toBe(false);
  });
});

describe("importing", () => {
  test("into a policy that is here needs its name, a new one takes what it gets", () => {
    expect(faultsOf(policyImport.safeParse({ requestId: id, into: "existing", policy: "", locale: "en" }))).toEqual(["policy"]);
    expect(policyImport.parse({ requestId: id, title: "", key: "", locale: "en" })).toEqual({ into: "new", requestId: id, title: null, key: null, audience: "customers", asks: "acknowledge", locale: "en" });
  });
});

describe("a difference", () => {
  const block = (kind: ComparedBlock["kind"], role: ComparedBlock["role"] = "paragraph"): ComparedBlock => ({ kind, role, level: 0, parts: [], links: [] });

  test("is told in runs, changes numbered, a heading beginning a new one", () => {
    const runs = runsOf([block("same"), block("changed", "heading"), block("added"), block("removed", "heading"), block("same"), block("moved")]);
    expect(runs.map((run) => [run.change, run.blocks.length])).toEqual([[null, 1], [1, 2], [2, 1], [null, 1], [3, 1]]);
  });

  test("without blocks has no runs", () => {
    expect(runsOf([])).toEqual([]);
  });
});
