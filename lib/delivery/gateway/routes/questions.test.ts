import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeyRow, browserKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { questionsView, type DueView, type QuestionsView, type QuestionView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { readDue } from "@/lib/data/due";
import { fromHex, toHex } from "@/lib/data/digest";
import { findPersonIdByRef } from "@/lib/data/persons";
import { readQuestionToken } from "@/lib/data/question-token";
import type { PermissionState } from "@/lib/domain/decision";
import type { StaffActor } from "@/lib/domain/actor";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askableUse, bikes, kept, newStaff, publishTerms, publishText, publishWording } from "@/lib/usecases/ask-questions.fixture";
import { keptDrafts } from "@/lib/usecases/ask-questions-kept";
import { forgetPerson } from "@/lib/usecases/forget-person";

const app = gatewayApp();
let base: TestDatabase;
let owner: pg.Client;
let key: string;
let keeper: StaffActor;

beforeAll(async () => {
  base = await openTestDatabase();
  owner = new pg.Client({ connectionString: base.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["ask"]);
  keeper = await newStaff("compliance");
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await base.drop();
});
beforeEach(() => budget(20, null));

const budget = (questionsPerVisit: number, questionsPerMonth: number | null) =>
  database().organisation.update({ where: { id: 1 }, data: { questionsPerVisit, questionsPerMonth, defaultLocale: "en", reask: "any" } });

const send = (body: unknown, bearer = key) =>
  app.request("/v1/questions", { method: "POST", headers: { authorization: `Bearer ${bearer}` }, body: JSON.stringify(body) });
async function ask(body: Record<string, unknown>): Promise<QuestionsView> {
  const reply = await send(body);
  expect(reply.status).toBe(200);
  return questionsView.parse(await reply.json());
}
async function due(ref: string, query = ""): Promise<DueView> {
  const reply = await app.request(`/v1/people/${encodeURIComponent(ref)}/due${query}`, { headers: { authorization: `Bearer ${key}` } });
  expect(reply.status).toBe(200);
  return (await reply.json()) as DueView;
}
const newRef = () => `shopper ${randomUUID()}`;
const about = (question: QuestionView) => (question.kind === "permission" ? question.use : question.policy);
const aboutAll = ({ questions }: QuestionsView) => questions.map(about);
const idOf = async (ref: string) => (await findPersonIdByRef(database(), ref)) ?? "";
async function answer(ref: string, questions: readonly QuestionView[]): Promise<void> {
  const answers = questions.map(({ token, choices }) => ({ token, answer: choices[0]!.answer }));
  await answerQuestions({ kind: "person", id: await idOf(ref), channel: "host" }, { answers, requestId: randomUUID() });
}
/** As if everything that was asked so far had been asked an hour earlier. */
const anHourLater = () => owner.query("UPDATE asking SET counted_at = counted_at - interval '1 hour'");

describe("POST /v1/questions", () => {
  test("meets whom the host vouches for, and serves what is due as the person's own page would", async () => {
    const [use, ref] = [await askableUse(), newRef()];
    const { questions, waiting } = await ask({ person: ref, uses: [use] });
    expect(waiting).toBe(0);
    const [question] = questions;
    expect(question).toMatchObject({ kind: "permission", use, version: 1, reason: "never-asked", answeredVersion: null, locale: "en", title: "Bikes in en" });
    const own = (await askQuestions({ kind: "person", id: await idOf(ref), channel: "mail" })).find((one) => about(one) === use);
    expect({ ...own, token: "" }).toEqual({ ...question, token: "" });
    await answer(ref, questions);
    expect((await ask({ person: ref, uses: [use] })).questions).toEqual([]);
  });

  test("tells what changed against what this person answered", async () => {
    const [use, early, late] = [await askableUse(), newRef(), newRef()];
    await answer(early, (await ask({ person: early, uses: [use] })).questions);
    await publishTerms(use, kept(24));
    await answer(late, (await ask({ person: late, uses: [use] })).questions);
    await publishTerms(use, kept(30));
    for (const [ref, from, answeredVersion] of [[early, "12 months", 1], [late, "24 months", 2]] as const) {
      const { questions } = await ask({ person: ref, uses: [use] });
      expect(questions).toMatchObject([{ version: 3, answeredVersion, reason: "use-changed", changes: [{ from, to: "30 months" }] }]);
    }
  });

  test("serves only the uses that are named, each once, and refuses one that is not published with its place", async () => {
    const [one, other, ref] = [await askableUse(), await askableUse(), newRef()];
    const draft = `use-${randomUUID()}`;
    await database().dataUse.create({ data: { key: draft, name: "Not out yet" } });
    await publishText(`policy-${randomUUID()}`);
    expect(aboutAll(await ask({ person: ref, uses: [one, one] }))).toEqual([one]);
    expect(aboutAll(await ask({ person: ref, uses: [other, one] })).sort()).toEqual([one, other].sort());
    for (const unknown of ["no-such-use", draft]) {
      const reply = await send({ person: ref, uses: [one, unknown] });
      expect(reply.status).toBe(422);
      expect(await reply.json()).toMatchObject({ code: "invalid", errors: [{ path: "uses[1]" }] });
    }
  });

  test("asks an audience about its own policies and everybody's", async () => {
    const [customers, employees, everybody] = [`policy-${randomUUID()}`, `policy-${randomUUID()}`, `policy-${randomUUID()}`];
    await publishText(customers);
    await publishText(employees, { audience: "employees" });
    await publishText(everybody, { audience: "everybody" });
    const among = async (body: Record<string, unknown>) => aboutAll(await ask({ person: newRef(), ...body })).filter((name) => [customers, employees, everybody].includes(name)).sort();
    const policies = async (audience?: string) => {
      const { policies: keys } = await due(newRef(), audience ? `?audience=${audience}` : "");
      return keys.filter((name) => [customers, employees, everybody].includes(name)).sort();
    };
    expect(await policies()).toEqual([customers, everybody].sort());
    expect(await policies("employees")).toEqual([employees, everybody].sort());
    const clerk = newRef();
    const { questions } = await ask({ person: clerk, audience: "employees" });
    expect(questions.map(about)).toContain(employees);
    await answer(clerk, questions.filter((one) => about(one) === employees));
    expect((await due(clerk, "?audience=employees")).policies).not.toContain(employees);
    expect(await among({})).not.toContain(employees);
  });

  test("comes in the language asked for, else the person's, its main language, the organisation's, any", async () => {
    const use = await askableUse();
    await publishWording(use, "?", ["de", "fr", "pt-BR"]);
    const ref = newRef();
    const localeFor = async (locale?: string) => (await ask({ person: ref, uses: [use], ...(locale ? { locale } : {}) })).questions[0]?.locale;
    expect(await localeFor("pt-BR")).toBe("pt-BR");
    expect(await localeFor("fr-CA")).toBe("fr");
    expect(await localeFor(), "none fits").toBe("de");
    await database().person.update({ where: { id: await idOf(ref) }, data: { locale: "fr" } });
    expect(await localeFor()).toBe("fr");
    await database().organisation.update({ where: { id: 1 }, data: { defaultLocale: "pt-BR" } });
    expect(await localeFor("it")).toBe("pt-BR");
  });

  test("most important first: wider changes, others, new policy versions, what ran out, what was never asked", async () => {
    const ref = newRef();
    const [never, wider, narrower, expired, policy] = [await askableUse(), await askableUse(), await askableUse(kept(24)), await askableUse(), `policy-${randomUUID()}`];
    await publishText(policy);
    const mine = [never, wider, narrower, expired, policy];
    const first = (await ask({ person: ref })).questions.filter((one) => mine.includes(about(one)) && about(one) !== never);
    await answer(ref, first);
    await publishTerms(narrower, kept(12));
    await publishTerms(wider, kept(24));
    await publishText(policy);
    await owner.query("UPDATE permission SET expires_at = now() WHERE use_id = (SELECT id FROM data_use WHERE key = $1)", [expired]);
    expect(aboutAll(await ask({ person: ref })).filter((name) => mine.includes(name))).toEqual([wider, narrower, policy, expired, never]);
  });

  test("a question served again is served again: first, last and how often", async () => {
    const [use, ref] = [await askableUse(), newRef()];
    const digest = (await ask({ person: ref, uses: [use] })).questions[0]?.digest ?? "";
    const row = async () => database().serving.findUniqueOrThrow({ where: { personId_shown: { personId: await idOf(ref), shown: fromHex(digest) } } });
    const before = await row();
    expect(before).toMatchObject({ channel: "host", times: 1, lastServedAt: before.servedAt });
    await ask({ person: ref, uses: [use] });
    const after = await row();
    expect(after).toMatchObject({ times: 2, servedAt: before.servedAt });
    expect(after.lastServedAt.getTime()).toBeGreaterThan(before.servedAt.getTime());
    expect((await database().shownContent.findUnique({ where: { digest: fromHex(digest) } }))?.body).toContain(use);
  });
});

describe("a page in a browser", () => {
  test("asks for the person of its token alone, and cannot look at what is due for others", async () => {
    const [use, ref, other] = [await askableUse(), newRef(), newRef()];
    const shop = "https://shop.example.com";
    const browser = await browserKeyRow(owner, [shop]);
    const minted = await app.request("/v1/person-tokens", { method: "POST", headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ person: ref }) });
    const { token } = (await minted.json()) as { token: string };
    await ask({ person: other, uses: [use] });
    const fromPage = (body: unknown, path = "/v1/questions", method = "POST") =>
      app.request(path, { method, headers: { authorization: `Bearer ${browser}`, origin: shop, "handshake-person": token }, ...(method === "POST" ? { body: JSON.stringify(body) } : {}) });
    const reply = await fromPage({ uses: [use] });
    expect(aboutAll(questionsView.parse(await reply.json()))).toEqual([use]);
    expect((await fromPage({ person: ref, uses: [use] })).status).toBe(200);
    expect((await fromPage({ person: other, uses: [use] })).status).toBe(403);
    for (const path of [`/v1/people/${encodeURIComponent(ref)}/due`, `/v1/people/${encodeURIComponent(other)}/due`]) expect((await fromPage(null, path, "GET")).status).toBeGreaterThanOrEqual(401);
  });
});

describe("the budget", () => {
  const uses: string[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 5; i++) uses.push(await askableUse());
  });

  test("of one visit holds back the rest, gives the same again for nothing, and more in the next visit", async () => {
    await budget(2, null);
    const ref = newRef();
    const first = await ask({ person: ref, uses });
    expect(first).toMatchObject({ waiting: 3, budget: { perVisit: 2, perMonth: null, leftThisMonth: null } });
    expect(first.questions).toHaveLength(2);
    expect(aboutAll(await ask({ person: ref, uses }))).toEqual(aboutAll(first));
    expect((await ask({ person: ref, uses: uses.filter((use) => !aboutAll(first).includes(use)) })).questions).toEqual([]);
    await answer(ref, first.questions);
    expect(await ask({ person: ref, uses }), "the visit's two are asked, whatever came of them").toMatchObject({ questions: [], waiting: 3 });
    await anHourLater();
    expect(await ask({ person: ref, uses })).toMatchObject({ waiting: 1 });
  });

  test("of one month ends with the month", async () => {
    await budget(2, 3);
    const ref = newRef();
    expect((await ask({ person: ref, uses })).budget).toEqual({ perVisit: 2, perMonth: 3, leftThisMonth: 1 });
    await anHourLater();
    expect(await ask({ person: ref, uses })).toMatchObject({ waiting: 4, budget: { leftThisMonth: 0 } });
    await anHourLater();
    expect(await ask({ person: ref, uses })).toMatchObject({ questions: [], waiting: 5, budget: { leftThisMonth: 0 } });
    expect(await ask({ person: ref, uses: uses.slice(0, 1) }), "nor by name").toMatchObject({ questions: [], waiting: 1 });
    expect((await due(ref)).uses).toEqual(expect.arrayContaining(uses));
    await owner.query("UPDATE question_budget SET month = month - interval '1 month' WHERE person_id = $1", [await idOf(ref)]);
    expect(await ask({ person: ref, uses })).toMatchObject({ waiting: 3, budget: { leftThisMonth: 1 } });
  });

  test("what is ignored makes room for what was not asked yet, so nothing waits for good", async () => {
    await budget(1, null);
    const ref = newRef();
    const seen = new Set<string>();
    for (let visit = 0; visit < uses.length; visit++) {
      for (const name of aboutAll(await ask({ person: ref, uses }))) seen.add(name);
      await anHourLater();
    }
    expect([...seen].sort()).toEqual([...uses].sort());
  });

  test("is one, however many ask at the same moment", async () => {
    await budget(2, 3);
    const ref = newRef();
    await ask({ person: ref, uses: uses.slice(0, 1), limit: 1 });
    await anHourLater();
    const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => ask({ person: ref, uses: [uses[i % uses.length]!] })));
    expect(new Set(replies.flatMap(aboutAll)).size).toBe(2);
    const { asked } = await database().questionBudget.findUniqueOrThrow({ where: { personId: await idOf(ref) } });
    expect(asked).toBe(3);
  });

  test("is each person's own, when many are asked at the same moment, some of them twice", async () => {
    await budget(2, 3);
    const refs = Array.from({ length: 12 }, newRef);
    const spent = refs.slice(0, 4);
    for (const ref of spent) await ask({ person: ref, uses });
    await anHourLater();
    const replies = await Promise.all([...refs, ...refs].map(async (ref, i) => ({ ref, reply: await ask({ person: ref, uses: i % 2 === 0 ? uses : [...uses].reverse(), limit: 2 }) })));
    for (const ref of refs) {
      const own = replies.filter((one) => one.ref === ref).map(({ reply }) => reply);
      const holds = spent.includes(ref) ? 1 : 2;
      const id = await idOf(ref);
      expect(own.map((reply) => new Set(aboutAll(reply)).size)).toEqual([holds, holds]);
      expect(own.flatMap(({ questions }) => questions).map(({ token }) => readQuestionToken(token)?.person)).toEqual(Array.from({ length: 2 * holds }, () => id));
      expect((await database().questionBudget.findUniqueOrThrow({ where: { personId: id } })).asked).toBe(spent.includes(ref) ? 3 : 2);
      expect(await database().asking.count({ where: { personId: id, countedAt: { gt: new Date(Date.now() - 10 * 60_000) } } })).toBe(holds);
    }
  });

  test("a smaller limit is kept, and spends no more than it serves", async () => {
    await budget(5, 10);
    const ref = newRef();
    const first = await ask({ person: ref, uses, limit: 1 });
    expect(first).toMatchObject({ waiting: 4, budget: { leftThisMonth: 9 } });
    expect(aboutAll(await ask({ person: ref, uses, limit: 1 }))).toEqual(aboutAll(first));
  });

  test("does not reach a person's own page", async () => {
    await budget(1, 1);
    const ref = newRef();
    await ask({ person: ref, uses });
    const own = await askQuestions({ kind: "person", id: await idOf(ref), channel: "mail" });
    expect(own.map(about)).toEqual(expect.arrayContaining(uses));
  });
});

describe("GET /v1/people/{ref}/due", () => {
  test("says what is due and serves nothing, for a stranger everything, and without taking them in", async () => {
    const [use, ref] = [await askableUse(), newRef()];
    const stranger = await due(ref);
    expect(stranger.uses).toContain(use);
    expect(stranger.due).toBe(stranger.uses.length + stranger.policies.length);
    expect(await idOf(ref)).toBe("");
    await answer(ref, (await ask({ person: ref, uses: [use] })).questions);
    expect((await due(ref)).uses).not.toContain(use);
    await publishTerms(use, kept(24));
    expect((await due(ref)).uses).toContain(use);
  });

  test("is nothing for somebody who asked to be left alone, and questions are refused", async () => {
    await askableUse();
    const ref = newRef();
    await ask({ person: ref });
    const id = await idOf(ref);
    expect(await database().asking.count({ where: { personId: id } })).toBeGreaterThan(0);
    await forgetPerson(keeper, { person: id, requestId: randomUUID(), leaveAlone: true });
    expect(await due(ref)).toEqual({ due: 0, uses: [], policies: [] });
    expect((await send({ person: ref })).status).toBe(409);
    const where = { personId: id };
    expect(await Promise.all([database().asking.count({ where }), database().questionBudget.count({ where }), database().serving.count({ where })])).toEqual([0, 0, 0]);
  });

  test("is each person's own, when many are asked about at once", async () => {
    const use = await askableUse();
    const refs = Array.from({ length: 60 }, newRef);
    for (const ref of refs.slice(0, 20)) await answer(ref, (await ask({ person: ref, uses: [use] })).questions);
    const found = await Promise.all(refs.map((ref) => due(ref)));
    expect(found.map(({ uses }) => uses.includes(use))).toEqual(refs.map((_, i) => i >= 20));
  });

  test("is what the domain says is due, whatever was answered and published", async () => {
    const use = await askableUse();
    await publishTerms(use, kept(6));
    await publishTerms(use, { ...bikes, legalBasis: "consent" });
    const silent = `use-${randomUUID()}`;
    await publishTerms(silent, bikes);
    const states: readonly PermissionState[] = ["granted", "refused", "withdrawn", "objected"];
    const ref = newRef();
    await ask({ person: ref, uses: [use] });
    const [personId, { id: useId }] = [await idOf(ref), await database().dataUse.findUniqueOrThrow({ where: { key: use } })];
    await fc.assert(
      fc.asyncProperty(
        fc.option(
          fc.record({
            state: fc.constantFrom(...states),
            version: fc.integer({ min: 1, max: 3 }),
            ends: fc.constantFrom(null, -1, 1),
            carries: fc.boolean(),
            declined: fc.constantFrom(null, 2, 3),
            declinedCarries: fc.boolean(),
            once: fc.constantFrom("no", "yes", "spent"),
            imported: fc.boolean(),
          }),
          { freq: 8 },
        ),
        fc.constantFrom("consent", "consent", "legitimate-interests", "contract"),
        async (answered, basis) => {
          await owner.query("ALTER TABLE data_use_version DISABLE TRIGGER data_use_version_frozen; ALTER TABLE version_coverage DISABLE TRIGGER version_coverage_append_only");
          await owner.query("UPDATE data_use_version SET legal_basis = $2 WHERE use_id = $1 AND number = 3", [useId, basis]);
          await owner.query("DELETE FROM permission WHERE person_id = $1 AND use_id = $2", [personId, useId]);
          if (answered) {
            const { state, version, ends, carries, declined, declinedCarries, once, imported } = answered;
            const granted = state === "granted";
            await owner.query("UPDATE version_coverage SET carries = CASE WHEN answered = $2 THEN $3::boolean ELSE $4::boolean END WHERE use_id = $1", [useId, version, carries, declinedCarries]);
            await database().permission.create({
              data: {
                personId,
                useId,
                state,
                version,
                answeredAt: new Date(),
                expiresAt: ends && new Date(Date.now() + ends * 3_600_000),
                channel: "host",
                entryIndex: 0n,
                declined: (granted || state === "withdrawn") && declined !== null && declined > version ? declined : null,
                once: granted && once !== "no",
                usedAt: granted && once === "spent" ? new Date() : null,
                ...(imported ? { importedFrom: "elsewhere", importedAt: new Date() } : {}),
              },
            });
          }
          const [row] = await readDue([{ who: { id: personId }, audience: "customers", apiKey: null }]);
          const items = row!.items.filter(({ key: one }) => one === use || one === silent);
          const own = (await askQuestions({ kind: "person", id: personId, channel: "mail" })).filter((one) => [use, silent].includes(about(one)));
          expect(items.map(({ key: one, reason }) => [one, reason])).toEqual(own.map((one) => [about(one), one.reason]));
          // And it reads the same, though it is not made anew for each of those who stand the same.
          const drafts = await keptDrafts(items, { person: personId, locale: "en", defaultLocale: "en", audience: "customers", signalled: false });
          expect(drafts.map(({ kept: { digest } }) => toHex(digest))).toEqual(own.map(({ digest }) => digest));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("is 401 without a key that holds, 403 without the scope, and says nothing of the input to strangers", async () => {
    const get = (path: string, bearer: string) => app.request(path, { headers: { authorization: `Bearer ${bearer}` } });
    const deciding = await apiKeyRow(owner, ["decide"]);
    expect((await get("/v1/people/ann/due", deciding)).status).toBe(403);
    expect((await get(`/v1/people/${"x".repeat(201)}/due`, "hs_wrong_key_here")).status).toBe(401);
    expect((await get(`/v1/people/${"x".repeat(201)}/due`, key)).status).toBe(422);
    expect((await get("/v1/people/ann/due?audience=", key)).status).toBe(422);
    expect((await get("/v1/people/ann/due?other=1", key)).status).toBe(422);
    expect((await send({ person: "ann" }, deciding)).status).toBe(403);
  });

  test.each([
    [{}, "person"],
    [{ person: "ann", limit: 0 }, "limit"],
    [{ person: "ann", limit: 101 }, "limit"],
    [{ person: "ann", uses: [] }, "uses"],
    [{ person: "ann", uses: ["Bad Key"] }, "uses[0]"],
    [{ person: "ann", locale: "english" }, "locale"],
    [{ person: "ann", audience: "a\u0000b" }, "audience"],
    [{ person: "ann", extra: 1 }, ""],
  ])("questions are 422 with the path for %j", async (body, path) => {
    const reply = await send(body);
    expect(reply.status).toBe(422);
    expect(((await reply.json()) as { errors: { path: string }[] }).errors.map((fault) => fault.path)).toContain(path);
  });
});
