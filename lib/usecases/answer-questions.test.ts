import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { questionView, type QuestionView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { fromHex, sha256, toHex } from "@/lib/data/digest";
import { parseEntry } from "@/lib/data/ledger/write";
import { readQuestionToken, signQuestion } from "@/lib/data/question-token";
import type { PersonActor } from "@/lib/domain/actor";
import { leafHash } from "@/lib/domain/merkle";
import { isIncluded } from "@/lib/domain/merkle-proofs";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newPerson, publishTerms, publishText, publishWording, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { showMyHistory } from "@/lib/usecases/show-my-history";
import { showPermissions } from "@/lib/usecases/show-permissions";
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
  person = await newPerson();
});

async function ask(key: string, who = person): Promise<QuestionView> {
  const found = (await askQuestions(who)).find((one) => (one.kind === "permission" ? one.use : one.policy) === key);
  if (!found) throw new Error(`${key} is not due`);
  return found;
}

const send = (token: string, answer: "granted" | "refused" | "accepted" | "acknowledged", requestId: string = randomUUID(), who = person) =>
  answerQuestions(who, { answers: [{ token, answer }], requestId });

const entriesOf = async (who = person) =>
  (await database().ledgerEntry.findMany({ where: { personId: who.id }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));
const permissionOf = (key: string, who = person) => database().permission.findFirst({ where: { personId: who.id, use: { key } } });

describe("an answer", () => {
  test("is kept with its entry, and the receipt says where it stands", async () => {
    const key = await askableUse();
    const question = await ask(key);
    const [receipt] = await send(question.token, "granted");
    const row = await database().ledgerEntry.findFirstOrThrow({ where: { personId: person.id } });
    expect(receipt).toMatchObject({
      index: Number(row.index),
      kind: "permission",
      use: key,
      version: 1,
      answer: "granted",
      recordedAt: row.recordedAt.toISOString(),
      digest: question.digest,
      leaf: toHex(row.leaf),
    });
    const { commitment } = await database().person.findUniqueOrThrow({ where: { id: person.id } });
    expect(parseEntry(row.body)).toMatchObject({ kind: "permission-answered", v: 3, identity: commitment && toHex(commitment), person: person.id, use: key, version: 1, answer: "granted", shown: question.digest, channel: "host", by: { person: person.id } });
    expect(await permissionOf(key)).toMatchObject({ state: "granted", version: 1, entryIndex: row.index, channel: "host" });
  });

  test("proves itself by its receipt alone, and of many given at once each its own", async () => {
    const key = await askableUse();
    const people = await Promise.all(Array.from({ length: 40 }, () => newPerson()));
    const tokens = await Promise.all(people.map(async (one) => (await ask(key, one)).token));
    const receipts = (await Promise.all(people.map((one, i) => send(tokens[i]!, i % 3 ? "granted" : "refused", randomUUID(), one)))).flat();
    expect(new Set(receipts.map(({ index }) => index)).size).toBe(40);
    expect(new Set(receipts.map(({ checkpoint }) => checkpoint)).size).toBeLessThan(40);
    for (const [i, { index, leaf, checkpoint, proof, answer }] of receipts.entries()) {
      expect(answer).toBe(i % 3 ? "granted" : "refused");
      const [, size, root] = checkpoint.split("\n");
      const hashes = proof.map((one) => Buffer.from(one, "base64"));
      expect(isIncluded(sha256, hashes, { index, size: Number(size) }, fromHex(leaf), Buffer.from(root!, "base64"))).toBe(true);
      const row = await database().ledgerEntry.findUniqueOrThrow({ where: { index } });
      expect([toHex(leafHash(sha256, Buffer.from(row.body))), row.personId]).toEqual([leaf, people[i]!.id]);
      expect(await permissionOf(key, people[i])).toMatchObject({ state: answer, entryIndex: BigInt(index) });
    }
  });

  test("that fails takes none of those with it that were given at the same time", async () => {
    const key = await askableUse();
    const [kept, gone, other] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const tokens = await Promise.all([kept, gone, other].map(async (one) => (await ask(key, one)).token));
    const outcomes = await Promise.allSettled([
      send(tokens[0]!, "granted", randomUUID(), kept),
      send(tokens[1]!, "accepted", randomUUID(), gone),
      send(tokens[2]!, "refused", randomUUID(), other),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect([await entriesOf(kept), await entriesOf(gone), await entriesOf(other)].map(({ length }) => length)).toEqual([1, 0, 1]);
  });

  test("that the database itself refuses takes none with it either", async () => {
    const key = await askableUse();
    const people = await Promise.all(Array.from({ length: 5 }, () => newPerson()));
    const tokens = await Promise.all(people.map(async (one) => (await ask(key, one)).token));
    // No text of PostgreSQL holds a NUL.
    const outcomes = await Promise.allSettled(people.map((one, i) => send(tokens[i]!, "granted", randomUUID(), i === 2 ? { ...one, channel: "\u0000" } : one)));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(await Promise.all(people.map(async (one) => (await entriesOf(one)).length))).toEqual([1, 1, 0, 1, 1]);
  });

  test("sent twenty times at once makes one entry and one reply", async () => {
    const [key, requestId] = [await askableUse(), randomUUID()];
    const { token } = await ask(key);
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(token, "granted", requestId)));
    expect(new Set(replies.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await entriesOf()).toHaveLength(1);
  });

  test("under the same request cannot become another one", async () => {
    const [key, requestId] = [await askableUse(), randomUUID()];
    const { token } = await ask(key);
    await send(token, "granted", requestId);
    expect((await refusalOf(send(token, "refused", requestId))).code).toBe("idempotency-conflict");
    expect(await permissionOf(key)).toMatchObject({ state: "granted" });
  });

  test("that is not among the choices is refused at its field", async () => {
    const { token } = await ask(await askableUse());
    expect(await refusalOf(send(token, "acknowledged"))).toMatchObject({ code: "invalid", faults: [{ path: "answers[0].answer" }] });
    expect(await entriesOf()).toHaveLength(0);
  });

  test("of a submit stands with all others, or none does", async () => {
    const [first, second] = [await askableUse(), await askableUse()];
    const [one, two] = [await ask(first), await ask(second)];
    await publishTerms(second, kept(24));
    const both = { answers: [{ token: one.token, answer: "granted" as const }, { token: two.token, answer: "refused" as const }], requestId: randomUUID() };
    expect((await refusalOf(answerQuestions(person, both))).code).toBe("question-superseded");
    expect(await entriesOf()).toHaveLength(0);
    expect(await permissionOf(first)).toBeNull();

    const again = await ask(second);
    const receipts = await answerQuestions(person, { ...both, answers: [both.answers[0]!, { token: again.token, answer: "refused" }] });
    expect(receipts.map(({ use, answer, version }) => [use, answer, version])).toEqual([[first, "granted", 1], [second, "refused", 2]]);
    expect(await entriesOf()).toHaveLength(2);
  });

  test("to the same question twice in one submit is refused", async () => {
    const { token } = await ask(await askableUse());
    const twice = answerQuestions(person, { answers: [{ token, answer: "granted" }, { token, answer: "refused" }], requestId: randomUUID() });
    expect(await refusalOf(twice)).toMatchObject({ code: "invalid", faults: [{ path: "answers[1].token" }] });
  });
});

describe("a superseded question", () => {
  test("of changed terms is refused, and comes back as it is now", async () => {
    const key = await askableUse();
    const old = await ask(key);
    await publishTerms(key, kept(24));
    const refusal = await refusalOf(send(old.token, "granted"));
    expect(refusal.code).toBe("question-superseded");
    const fresh = questionView.parse(refusal.detail?.["question"]);
    expect(fresh).toMatchObject({ use: key, version: 2, reason: "never-asked" });
    expect(await permissionOf(key)).toBeNull();
    await send(fresh.token, "granted");
    expect(await permissionOf(key)).toMatchObject({ state: "granted", version: 2 });
  });

  test("of changed wording is refused, and comes back with the new words", async () => {
    const key = await askableUse();
    const old = await ask(key);
    await publishWording(key, "May we, please?");
    const refusal = await refusalOf(send(old.token, "granted"));
    expect(questionView.parse(refusal.detail?.["question"])).toMatchObject({ question: "May we, please?", version: 1 });
  });

  test("of a policy is refused once another version is in force", async () => {
    const key = `policy-${randomUUID()}`;
    await publishText(key);
    const old = await ask(key);
    await publishText(key);
    const refusal = await refusalOf(send(old.token, "acknowledged"));
    expect(refusal.code).toBe("question-superseded");
    expect(questionView.parse(refusal.detail?.["question"])).toMatchObject({ policy: key, version: 2 });
  });

  test("answered in the moment its use is published anew is never taken for the new terms", async () => {
    const key = await askableUse();
    const people = await Promise.all(Array.from({ length: 12 }, () => newPerson()));
    const questions = await Promise.all(people.map(async (who) => ({ who, question: await ask(key, who) })));
    const [, ...outcomes] = await Promise.all([
      publishTerms(key, kept(24)),
      ...questions.map(({ who, question }) => send(question.token, "granted", randomUUID(), who).then(() => "taken", (error: { code?: string }) => error.code)),
    ]);
    expect(outcomes.every((one) => one === "taken" || one === "question-superseded")).toBe(true);
    const published = await database().ledgerEntry.findFirstOrThrow({ where: { subject: `use:${key}`, kind: "use-published" }, orderBy: { index: "desc" } });
    const late = await database().ledgerEntry.count({ where: { subject: `use:${key}`, kind: "permission-answered", index: { gt: published.index } } });
    expect(late).toBe(0);
    expect(await database().permission.count({ where: { use: { key }, version: 2 } })).toBe(0);
  });
});

describe("a token", () => {
  test("bent at any of its characters is not a question", async () => {
    const { token } = await ask(await askableUse());
    const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let place = 0; place < token.length; place++) {
      const character = token.charAt(place);
      // One bit off within the alphabet, and another character altogether.
      const neighbours = character === "." ? ["-", ""] : [base64[base64.indexOf(character) ^ 1] ?? "", ".", ""];
      for (const bent of neighbours) expect(readQuestionToken(token.slice(0, place) + bent + token.slice(place + 1))).toBeNull();
    }
    expect(readQuestionToken(`${token}=`)).toBeNull();
    expect(readQuestionToken(`${token}.x`)).toBeNull();
    expect(readQuestionToken("")).toBeNull();
    expect((await refusalOf(send(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, "granted"))).code).toBe("question-unknown");
    expect(await entriesOf()).toHaveLength(0);
  });

  test("of another person is not theirs to answer", async () => {
    const key = await askableUse();
    const { token } = await ask(key);
    const other = await newPerson();
    expect((await refusalOf(send(token, "granted", randomUUID(), other))).code).toBe("question-unknown");
    expect(await permissionOf(key)).toBeNull();
    expect(await permissionOf(key, other)).toBeNull();
  });

  test("that ran out is asked for afresh", async () => {
    const { token } = await ask(await askableUse());
    const content = readQuestionToken(token);
    if (!content) throw new Error("ours");
    const [old, still] = [signQuestion({ ...content, exp: Math.floor(Date.now() / 1000) - 1 }), signQuestion({ ...content, exp: Math.floor(Date.now() / 1000) + 60 })];
    expect((await refusalOf(send(old, "granted"))).code).toBe("question-unknown");
    expect(await send(still, "granted")).toHaveLength(1);
  });
});

describe("taking back", () => {
  test("a grant is one act without a question, kept apart from a refusal, and doing it again changes nothing", async () => {
    const key = await askableUse();
    await send((await ask(key)).token, "granted");
    const first = await withdrawPermission(person, { use: key, requestId: randomUUID() });
    expect(first).toMatchObject({ use: key, state: "withdrawn", version: 1, already: false });
    expect(await withdrawPermission(person, { use: key, requestId: randomUUID() })).toMatchObject({ state: "withdrawn", index: first.index, already: true });
    expect(await permissionOf(key)).toMatchObject({ state: "withdrawn", shown: null });
    expect((await entriesOf()).map((entry) => entry.kind === "permission-answered" && entry.answer)).toEqual(["granted", "withdrawn"]);
  });

  test("twenty times at once makes one entry, whether under one request or many", async () => {
    const [one, many] = [await askableUse(), await askableUse()];
    await send((await ask(one)).token, "granted");
    await send((await ask(many)).token, "granted");
    const requestId = randomUUID();
    await Promise.all(Array.from({ length: 10 }, () => withdrawPermission(person, { use: one, requestId })));
    await Promise.all(Array.from({ length: 10 }, () => withdrawPermission(person, { use: many, requestId: randomUUID() })));
    expect((await entriesOf()).filter((entry) => entry.kind === "permission-answered" && entry.answer === "withdrawn")).toHaveLength(2);
  });

  test("the grant of an older version is what is taken back", async () => {
    const key = await askableUse();
    await send((await ask(key)).token, "granted");
    await publishTerms(key, kept(24));
    expect(await withdrawPermission(person, { use: key, requestId: randomUUID() })).toMatchObject({ state: "withdrawn", version: 1 });
  });

  test("legitimate interests are objected to, also by somebody who never answered", async () => {
    const key = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    expect(await withdrawPermission(person, { use: key, requestId: randomUUID() })).toMatchObject({ state: "objected", version: 1 });
    expect((await showPermissions(person)).find(({ use }) => use === key)).toMatchObject({ state: "objected", allowed: false, reason: "objected", due: null });
  });

  test("an objection is lifted by answering the question", async () => {
    const key = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    await withdrawPermission(person, { use: key, requestId: randomUUID() });
    await send((await askQuestionsAgain(person, { kind: "permission", key })).token, "granted");
    expect((await showPermissions(person)).find(({ use }) => use === key)).toMatchObject({ allowed: true, reason: "not-required" });
  });

  test("what was never given cannot be taken back, and a refusal stays a refusal", async () => {
    const key = await askableUse();
    expect((await refusalOf(withdrawPermission(person, { use: key, requestId: randomUUID() }))).code).toBe("nothing-changed");
    await send((await ask(key)).token, "refused");
    expect((await refusalOf(withdrawPermission(person, { use: key, requestId: randomUUID() }))).code).toBe("nothing-changed");
    expect(await permissionOf(key)).toMatchObject({ state: "refused" });
    expect((await refusalOf(withdrawPermission(person, { use: "nothing-like-it", requestId: randomUUID() }))).code).toBe("not-found");
  });
});

describe("what a person sees", () => {
  test("refused, withdrawn and never asked are three things", async () => {
    const [granted, refused, withdrawn, never] = [await askableUse(), await askableUse(), await askableUse(), await askableUse()];
    await send((await ask(granted)).token, "granted");
    await send((await ask(refused)).token, "refused");
    await send((await ask(withdrawn)).token, "granted");
    await withdrawPermission(person, { use: withdrawn, requestId: randomUUID() });
    const seen = new Map((await showPermissions(person)).map((one) => [one.use, [one.state, one.allowed, one.due]]));
    expect([granted, refused, withdrawn, never].map((key) => seen.get(key))).toEqual([
      ["granted", true, null],
      ["refused", false, null],
      ["withdrawn", false, null],
      ["never-asked", false, "never-asked"],
    ]);
  });

  test("the history holds every answer with its entry and exactly the words shown, and nobody else's", async () => {
    const key = await askableUse();
    const other = await newPerson();
    const question = await ask(key);
    await send(question.token, "granted");
    await send((await ask(key, other)).token, "refused", randomUUID(), other);
    await publishWording(key, "Other words");
    await withdrawPermission(person, { use: key, requestId: randomUUID() });
    const { lines, older } = await showMyHistory(person, null);
    expect(older).toBeNull();
    expect(lines.map(({ answer, version }) => [answer, version])).toEqual([["withdrawn", 1], ["granted", 1]]);
    expect(lines[0]?.shown).toBeNull();
    expect(lines[1]).toMatchObject({ digest: question.digest, shown: { question: "May we?", title: "Bikes in en" } });
  });

  test("a long history comes in pages without gaps", async () => {
    const key = await askableUse();
    for (let round = 0; round < 23; round++) {
      const { token } = await askQuestionsAgain(person, { kind: "permission", key });
      await send(token, round % 2 ? "refused" : "granted");
    }
    const first = await showMyHistory(person, null);
    const second = await showMyHistory(person, first.older);
    expect([first.lines.length, second.lines.length, second.older]).toEqual([20, 3, null]);
    expect(new Set([...first.lines, ...second.lines].map(({ index }) => index)).size).toBe(23);
  });
});
