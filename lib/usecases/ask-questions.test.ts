import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { Answer, QuestionView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { canonicalJson, fromHex, sha256, toHex } from "@/lib/data/digest";
import { anyone, type PersonActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newPerson, publishTerms, publishText, publishWording, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

let base: TestDatabase;
let person: PersonActor;

beforeAll(async () => {
  base = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(async () => {
  await database().organisation.update({ where: { id: 1 }, data: { reask: "any", defaultLocale: "en" } });
  person = await newPerson();
});

/** The question about this use or policy, if it is due. */
async function due(key: string, who = person): Promise<QuestionView | undefined> {
  return (await askQuestions(who)).find((one) => (one.kind === "permission" ? one.use : one.policy) === key);
}

async function answer(key: string, given: Answer, who = person): Promise<void> {
  const question = await due(key, who);
  if (!question) throw new Error(`${key} is not due`);
  await answerQuestions(who, { answers: [{ token: question.token, answer: given }], requestId: randomUUID() });
}

describe("what is due", () => {
  test("a use that was never asked, with its words, terms and choices", async () => {
    const key = await askableUse();
    const question = await due(key);
    expect(question).toMatchObject({
      kind: "permission",
      use: key,
      version: 1,
      answeredVersion: null,
      reason: "never-asked",
      title: "Bikes in en",
      question: "May we?",
      changes: [],
      locale: "en",
      choices: [{ answer: "granted", label: "Yes" }, { answer: "refused", label: "No" }],
    });
    expect(question?.terms).toContainEqual({ dimension: "retention", label: "How long it is kept", value: "12 months" });
  });

  test("nothing about a use without a published prompt, and nothing about one that does not rest on consent", async () => {
    const silent = `use-${randomUUID()}`;
    await publishTerms(silent, bikes);
    const contract = await askableUse({ ...bikes, legalBasis: "contract" });
    const interest = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    expect(await due(silent)).toBeUndefined();
    expect(await due(contract)).toBeUndefined();
    expect(await due(interest)).toBeUndefined();
  });

  test.each(["granted", "refused"] as const)("an answer (%s) ends it, and new wording does not bring it back", async (given) => {
    const key = await askableUse();
    await answer(key, given);
    expect(await due(key)).toBeUndefined();
    await publishWording(key, "May we, please?");
    expect(await due(key)).toBeUndefined();
  });

  test.each(["granted", "refused"] as const)("changed terms ask again after %s, and name what changed for this person", async (given) => {
    const key = await askableUse();
    await answer(key, given);
    await publishTerms(key, kept(24));
    const question = await due(key);
    expect(question).toMatchObject({ reason: "use-changed", version: 2, answeredVersion: 1 });
    expect(question?.changes).toEqual([
      {
        dimension: "retention",
        label: "How long it is kept",
        relation: "wider",
        from: "12 months",
        to: "24 months",
        text: `It would be kept longer than ${given === "granted" ? "you agreed to" : "when you were last asked"}: 24 months instead of 12 months.`,
      },
    ]);
  });

  test("the change is against what this person answered, not against the version before", async () => {
    const key = await askableUse();
    const late = await newPerson();
    await answer(key, "granted");
    await publishTerms(key, kept(24));
    await answer(key, "granted", late);
    await publishTerms(key, kept(30));
    expect((await due(key))?.changes).toMatchObject([{ from: "12 months", to: "30 months" }]);
    expect((await due(key, late))?.changes).toMatchObject([{ from: "24 months", to: "30 months" }]);
  });

  test("narrowed terms ask again where any change does, and carry over where only wider ones do", async () => {
    const strict = await askableUse(kept(24));
    await answer(strict, "granted");
    await publishTerms(strict, kept(12));
    expect(await due(strict)).toMatchObject({ reason: "use-changed", changes: [{ relation: "narrower" }] });

    await database().organisation.update({ where: { id: 1 }, data: { reask: "wider" } });
    const lenient = await askableUse(kept(24));
    await answer(lenient, "granted");
    await publishTerms(lenient, kept(12));
    expect(await due(lenient)).toBeUndefined();
    await publishTerms(lenient, kept(36));
    expect(await due(lenient)).toMatchObject({ reason: "use-changed", changes: [{ from: "24 months", to: "36 months" }] });
  });

  test("a withdrawal rests until the terms change", async () => {
    const key = await askableUse();
    await answer(key, "granted");
    await withdrawPermission(person, { use: key, requestId: randomUUID() });
    expect(await due(key)).toBeUndefined();
    await publishTerms(key, kept(24));
    expect(await due(key)).toMatchObject({ reason: "use-changed", answeredVersion: 1 });
  });

  test("a grant that ran out is due as expired", async () => {
    const key = await askableUse();
    await answer(key, "granted");
    await database().permission.updateMany({ where: { personId: person.id, use: { key } }, data: { expiresAt: new Date(0) } });
    expect(await due(key)).toMatchObject({ reason: "expired", changes: [] });
  });

  test("one person's answer changes nothing for another", async () => {
    const key = await askableUse();
    const other = await newPerson();
    await answer(key, "granted");
    expect(await due(key)).toBeUndefined();
    expect(await due(key, other)).toMatchObject({ reason: "never-asked", answeredVersion: null });
  });

  test("only a person is asked, and only for themselves", async () => {
    expect((await refusalOf(askQuestions(anyone))).code).toBe("signed-out");
    expect((await refusalOf(askQuestions({ kind: "person", id: randomUUID(), channel: "host" }))).code).toBe("signed-out");
  });
});

describe("policies", () => {
  test("one in force for customers is due, once acknowledged not again, for an editorial version neither", async () => {
    const key = `policy-${randomUUID()}`;
    await publishText(key);
    expect(await due(key)).toMatchObject({ kind: "policy", reason: "never-asked", version: 1, choices: [{ answer: "acknowledged", label: "I have read it" }] });
    await answer(key, "acknowledged");
    expect(await due(key)).toBeUndefined();
    await publishText(key, { editorial: true });
    expect(await due(key)).toBeUndefined();
    await publishText(key, { note: "We name our new host." });
    expect(await due(key)).toMatchObject({ reason: "new-version", version: 3, answeredVersion: 1, changes: [{ dimension: "text", text: "We name our new host." }] });
  });

  test("one that asks for acceptance takes a yes and a no, and a no rests until a new version", async () => {
    const key = `policy-${randomUUID()}`;
    await publishText(key, { asks: "accept" });
    await answer(key, "refused");
    expect(await database().acceptance.findFirstOrThrow({ where: { personId: person.id, policy: { key } } })).toMatchObject({ state: "refused", version: 1 });
    expect(await due(key)).toBeUndefined();
    await publishText(key, { asks: "accept" });
    expect(await due(key)).toMatchObject({ reason: "new-version" });
  });

  test("not one for employees, not one that asks nothing, not one that is scheduled", async () => {
    const [employees, quiet, later] = [`policy-${randomUUID()}`, `policy-${randomUUID()}`, `policy-${randomUUID()}`];
    await publishText(employees, { audience: "employees" });
    await publishText(quiet, { asks: "nothing" });
    await publishText(later, { inForceFrom: new Date(Date.now() + 86_400_000) });
    for (const key of [employees, quiet, later]) expect(await due(key)).toBeUndefined();
  });
});

describe("what was shown", () => {
  test("is kept once by its digest, and that it was served is noted once", async () => {
    const key = await askableUse();
    const [first, second] = await Promise.all([due(key), due(key)]);
    expect(first?.digest).toBe(second?.digest);
    const digest = fromHex(first?.digest ?? "");
    const content = await database().shownContent.findUniqueOrThrow({ where: { digest } });
    expect(toHex(sha256(Buffer.from(content.body)))).toBe(first?.digest);
    const { v, kind, use, version, wording, ...words } = JSON.parse(content.body) as Record<string, unknown>;
    expect({ v, kind, use, version, wording }).toEqual({ v: 1, kind: "permission", use: key, version: 1, wording: 1 });
    expect(Object.keys(words).sort()).toEqual(["benefit", "changes", "choices", "ifNo", "locale", "question", "terms", "title"]);
    expect(content.body).toBe(canonicalJson(JSON.parse(content.body)));
    expect(await database().serving.count({ where: { personId: person.id, shown: digest } })).toBe(1);
  });

  test("comes in the person's language, its main language, else the organisation's", async () => {
    const key = await askableUse();
    await publishWording(key, "?", ["de", "en", "pt-BR"]);
    await database().organisation.update({ where: { id: 1 }, data: { defaultLocale: "de" } });
    const localeFor = async (locale: string) => (await due(key, await newPerson(locale)))?.locale;
    expect(await localeFor("pt-BR")).toBe("pt-BR");
    expect(await localeFor("en-GB")).toBe("en");
    expect(await localeFor("fr")).toBe("de");
  });
});

describe("coming back to a question", () => {
  test("a person may see it again though it is not due, and grant what they withdrew", async () => {
    const key = await askableUse();
    await answer(key, "granted");
    await withdrawPermission(person, { use: key, requestId: randomUUID() });
    const question = await askQuestionsAgain(person, { kind: "permission", key });
    expect(question).toMatchObject({ reason: "your-choice", answeredVersion: 1, changes: [] });
    await answerQuestions(person, { answers: [{ token: question.token, answer: "granted" }], requestId: randomUUID() });
    expect(await database().permission.findFirstOrThrow({ where: { personId: person.id, use: { key } } })).toMatchObject({ state: "granted", version: 1 });
  });

  test("what is not asked is not found", async () => {
    const contract = await askableUse({ ...bikes, legalBasis: "contract" });
    expect((await refusalOf(askQuestionsAgain(person, { kind: "permission", key: contract }))).code).toBe("not-found");
    expect((await refusalOf(askQuestionsAgain(person, { kind: "permission", key: "nothing-like-it" }))).code).toBe("not-found");
  });
});
