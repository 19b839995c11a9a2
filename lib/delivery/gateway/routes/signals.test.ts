import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { questionsView, type QuestionsView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { readAsked, readUseStandings } from "@/lib/data/questions";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { house, type PersonActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newStaff, publishTerms } from "@/lib/usecases/ask-questions.fixture";
import { decideMany } from "@/lib/usecases/decide";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { honourHeardSignals } from "@/lib/usecases/honour-heard-signals";
import { honourMySignal } from "@/lib/usecases/honour-signal";
import { judgeList } from "@/lib/usecases/judge-list";
import { meetPerson } from "@/lib/usecases/meet-person";
import { permissionView } from "@/lib/usecases/show-permissions-of";
import { showMySignal } from "@/lib/usecases/show-my-signal";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

const app = gatewayApp();
let base: TestDatabase;
let owner: pg.Client;
let key: string;

beforeAll(async () => {
  base = await openTestDatabase();
  owner = new pg.Client({ connectionString: base.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["ask", "remember"]);
  await database().organisation.update({ where: { id: 1 }, data: { questionsPerVisit: 20, questionsPerMonth: null } });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await base.drop();
});

const sold = { ...bikes, sharing: "sold" } as const;
type Somebody = { readonly ref: string; readonly actor: PersonActor };
async function somebody(): Promise<Somebody> {
  const ref = `shopper ${randomUUID()}`;
  return { ref, actor: { kind: "person", id: await meetPerson(ref), channel: "host" } };
}
async function ask({ ref }: Somebody, uses: readonly string[], ...gpc: string[]): Promise<QuestionsView> {
  const headers = new Headers({ authorization: `Bearer ${key}` });
  for (const value of gpc) headers.append("sec-gpc", value);
  const reply = await app.request("/v1/questions", { method: "POST", headers, body: JSON.stringify({ person: ref, uses }) });
  expect(reply.status).toBe(200);
  return questionsView.parse(await reply.json());
}
async function grant(who: Somebody, use: string): Promise<void> {
  const { token } = await askQuestionsAgain(who.actor, { kind: "permission", key: use });
  await answerQuestions(who.actor, { answers: [{ token, answer: "granted" }], requestId: randomUUID() });
}
async function decided(who: Somebody, use: string, version?: number): Promise<string> {
  const [one] = await decideMany({ kind: "program", keyId: randomUUID(), scopes: ["decide"], person: null }, [{ person: who.ref, use, ...(version ? { version } : {}) }]);
  return `${one?.allowed} ${one?.reason}`;
}
const call = (who: Somebody, method: string, path: string, body?: object) =>
  app.request(`/v1/people/${encodeURIComponent(who.ref)}/${path}`, { method, headers: { authorization: `Bearer ${key}` }, ...(body ? { body: JSON.stringify(body) } : {}) });
const remember = async (who: Somebody, use: string) => (await call(who, "PUT", `memory/${use}`, { value: "mountain", category: bikes.categories[0], source: bikes.sources[0], use })).status;
const words = (one: { allowed: boolean; reason: string } | undefined) => `${one?.allowed} ${one?.reason}`;

/** What everything says that judges where somebody stands with a use; something was remembered for it while that was allowed. */
async function everywhere(who: Somebody, use: string) {
  const [asked, standings] = [await readAsked(database(), who.actor.id), await readUseStandings(database(), who.actor.id)];
  const view = permissionView(asked!, standings.find((one) => one.key === use)!);
  const reply = (await (await call(who, "GET", "permissions")).json()) as { permissions: { use: string; allowed: boolean; reason: string }[] };
  return {
    decision: await decided(who, use),
    list: words((await judgeList({ house: true }, use, null, [who.ref]))[0]),
    reply: words(reply.permissions.find((one) => one.use === use)),
    page: `${words(view)} ${view.state}`,
    recall: (await call(who, "GET", `memory/${use}`)).status,
    remember: await remember(who, use),
  };
}
const objectedEverywhere = { decision: "false objected", list: "false objected", reply: "false objected", page: "false objected objected", recall: 404, remember: 403 };
const entries = async ({ actor }: Somebody) =>
  (await owner.query<{ body: string }>("SELECT body FROM ledger_entry WHERE person_id = $1 ORDER BY index", [actor.id])).rows.map(({ body }) => JSON.parse(body) as { use: string; answer: string; channel: string; version: number; shown: string | null; by: object });

describe("Sec-GPC: 1", () => {
  test("becomes an objection to what sells, shares or targets, asked before or not, and to nothing else", async () => {
    const [selling, sharing, targeting, plain] = [
      await askableUse(sold),
      await askableUse({ ...bikes, sharing: "shared" }),
      await askableUse({ ...bikes, purpose: "marketing.advertising.first_party.targeted" }),
      await askableUse(bikes),
    ];
    const who = await somebody();
    await grant(who, selling);
    const { questions } = await ask(who, [selling, sharing, targeting, plain], "1");
    expect(questions).toMatchObject([{ use: plain }]);
    for (const use of [selling, sharing, targeting]) expect(await decided(who, use)).toBe("false objected");
    expect(await decided(who, plain)).toBe("false never-asked");
    const written = (await entries(who)).filter(({ channel }) => channel === "gpc");
    expect(written.map(({ use }) => use)).toEqual(expect.arrayContaining([selling, sharing, targeting]));
    expect(written[0]).toMatchObject({ answer: "objected", shown: null, version: 1, by: { key: expect.any(String) as string } });
  });

  test("is written once, however often and at once it is sent, and holds without it", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    await Promise.all(Array.from({ length: 20 }, () => ask(who, [use], "1")));
    await ask(who, [use], "1");
    expect((await entries(who)).filter((entry) => entry.use === use)).toHaveLength(1);
    expect((await ask(who, [use])).questions, "its absence is no yes").toEqual([]);
    expect(await decided(who, use)).toBe("false objected");
  });

  test.each([[["0"]], [["true"]], [["11"]], [[]], [["0", "0"]]])("is nothing else: %j", async (gpc) => {
    const use = await askableUse(sold);
    const who = await somebody();
    expect((await ask(who, [use], ...gpc)).questions).toHaveLength(1);
    expect(await database().personSignal.count({ where: { personId: who.actor.id } })).toBe(0);
  });

  test("is one 1 among several headers", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    expect((await ask(who, [use], "0", "1")).questions).toEqual([]);
  });

  test("gives way to a yes of somebody who was told of it, and to that one only", async () => {
    const [use, other] = [await askableUse(sold), await askableUse(sold)];
    const who = await somebody();
    for (const one of [use, other]) await grant(who, one);
    await ask(who, [use], "1");
    const question = await askQuestionsAgain(who.actor, { kind: "permission", key: use });
    expect(question).toMatchObject({ signal: expect.stringContaining("Your browser asks us not to sell") as string });
    await answerQuestions(who.actor, { answers: [{ token: question.token, answer: "granted" }], requestId: randomUUID() });
    for (let again = 0; again < 2; again++) await ask(who, [use], "1");
    expect(await decided(who, use)).toBe("true granted");
    expect(await decided(who, other)).toBe("false objected");
    await publishTerms(use, { ...kept(24), sharing: "sold" });
    const [changed] = (await ask(who, [use], "1")).questions;
    expect(changed).toMatchObject({ version: 2, reason: "use-changed", signal: expect.any(String) as string });
    expect(await decided(who, use, 1), "what was chosen stands").toBe("true granted");
  });

  test("overrides a yes to a question that was shown before it came", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    const before = (await askQuestions(who.actor)).find((one) => one.kind === "permission" && one.use === use);
    expect(before && "signal" in before).toBe(false);
    await ask(who, [use], "1");
    await answerQuestions(who.actor, { answers: [{ token: before!.token, answer: "granted" }], requestId: randomUUID() });
    await ask(who, [use], "1");
    expect(await decided(who, use)).toBe("false objected");
  });

  test("comes with answers too: what was just said without knowing of it does not outlive them", async () => {
    const [unknowing, knowing] = [await askableUse(sold), await askableUse(sold)];
    const who = await somebody();
    const [question] = (await ask(who, [unknowing])).questions;
    const answer = (token: string) =>
      app.request("/v1/answers", { method: "POST", headers: { authorization: `Bearer ${key}`, "sec-gpc": "1" }, body: JSON.stringify({ person: who.ref, answers: [{ token, answer: "granted" }] }) });
    expect((await answer(question!.token)).status).toBe(201);
    expect(await decided(who, unknowing)).toBe("false objected");
    const told = await askQuestionsAgain(who.actor, { kind: "permission", key: knowing });
    expect((await answer(told.token)).status).toBe(201);
    expect(await decided(who, knowing)).toBe("true granted");
  });

  test("counts though the answers that it came with are refused", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    await grant(who, use);
    const changed = await askableUse();
    const [question] = (await ask(who, [changed])).questions;
    await publishTerms(changed, sold);
    const body = JSON.stringify({ person: who.ref, answers: [{ token: question!.token, answer: "granted" }] });
    const reply = await app.request("/v1/answers", { method: "POST", headers: { authorization: `Bearer ${key}`, "sec-gpc": "1" }, body });
    expect(reply.status).toBe(409);
    expect(await reply.json()).toMatchObject({ question: { use: changed, signal: expect.any(String) as string } });
    expect(await decided(who, use)).toBe("false objected");
    expect((await entries(who)).filter(({ channel }) => channel === "gpc").map((entry) => entry.use)).toContain(use);
  });

  test("covers what is published later when it comes again, and renews a no that a change would have asked about again", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    await ask(who, [use], "1");
    const later = await askableUse(sold);
    await publishTerms(use, { ...kept(24), sharing: "sold" });
    expect((await ask(who, [use, later])).questions).toHaveLength(2);
    expect((await ask(who, [use, later], "1")).questions).toEqual([]);
    expect((await entries(who)).filter((entry) => entry.use === use).map(({ version }) => version)).toEqual([1, 2]);
  });

  test("stops what rests on legitimate interests, and leaves alone what leaves no choice", async () => {
    const [interest, contract] = [await askableUse({ ...sold, legalBasis: "legitimate-interests" }), await askableUse({ ...sold, legalBasis: "contract" })];
    const who = await somebody();
    expect(await decided(who, interest)).toBe("true not-required");
    await ask(who, [interest, contract], "1");
    expect(await decided(who, interest)).toBe("false objected");
    expect(await decided(who, contract)).toBe("true not-required");
    expect((await entries(who)).filter((entry) => entry.use === contract)).toEqual([]);
  });

  test("stops what comes into force later and needs no yes, though it does not come again", async () => {
    const who = await somebody();
    await ask(who, [await askableUse()], "1");
    const later = await askableUse({ ...sold, legalBasis: "legitimate-interests" });
    const changed = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    expect(await remember(who, changed)).toBe(200);
    await publishTerms(changed, { ...sold, legalBasis: "legitimate-interests" });
    for (const use of [later, changed]) expect(await everywhere(who, use), "before any beat").toEqual(objectedEverywhere);
    expect(await decided(who, changed, 1), "nobody goes round it by an earlier version").toBe("false objected");
    expect((await entries(who)).filter(({ use }) => use === later || use === changed)).toEqual([]);
    const seen = await honourHeardSignals(house, "");
    for (const use of [later, changed]) expect(await decided(who, use)).toBe("false objected");
    const written = await entries(who);
    expect(written.filter((entry) => entry.use === later)).toMatchObject([{ answer: "objected", channel: "gpc", by: { house: true } }]);
    expect(await honourHeardSignals(house, seen)).toBe(seen);
    await honourHeardSignals(house, "");
    expect(await entries(who)).toHaveLength(written.length);
  });

  test("holds from the moment it is heard, though who was to write it down was stopped", async () => {
    const [unknowing, knowing] = [await askableUse(sold), await askableUse(sold)];
    const who = await somebody();
    for (const use of [unknowing, knowing]) {
      await grant(who, use);
      expect(await remember(who, use)).toBe(200);
    }
    await owner.query("INSERT INTO person_signal (person_id, kind) VALUES ($1, 'gpc')", [who.actor.id]);
    for (const use of [unknowing, knowing]) expect(await everywhere(who, use)).toEqual(objectedEverywhere);
    await grant(who, knowing);
    expect(await decided(who, knowing), "chosen knowing of it").toBe("true granted");
    const granted = "true granted";
    expect(await everywhere(who, knowing)).toEqual({ decision: granted, list: granted, reply: granted, page: `${granted} granted`, recall: 200, remember: 200 });
    await honourHeardSignals(house, "");
    const written = (await entries(who)).filter(({ channel }) => channel === "gpc").map(({ use }) => use);
    expect([unknowing, knowing].map((use) => written.includes(use))).toEqual([true, false]);
  });

  test("leaves those alone whose browser says nothing, and says nothing to strangers", async () => {
    const use = await askableUse({ ...sold, legalBasis: "legitimate-interests" });
    const who = await somebody();
    expect(await remember(who, use)).toBe(200);
    const allowed = "true not-required";
    expect(await everywhere(who, use)).toEqual({ decision: allowed, list: allowed, reply: allowed, page: `${allowed} never-asked`, recall: 200, remember: 200 });
    expect(await decided({ ...who, ref: "nobody has met them" }, use)).toBe("true not-required");
  });

  test("outlives a yes from elsewhere that is brought in after it", async () => {
    const who = await somebody();
    await ask(who, [await askableUse()], "1");
    const use = await askableUse(sold);
    const consents = [{ person: who.ref, use, version: 1, answer: "granted", answeredAt: "2024-03-03T10:00:00Z" }];
    const reply = await app.request("/v1/imports", { method: "POST", headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ source: "The old shop", consents }) });
    expect(reply.status).toBe(201);
    expect(await decided(who, use)).toBe("false objected");
  });

  test("leaves a no of their own as it is", async () => {
    const use = await askableUse(sold);
    const who = await somebody();
    await grant(who, use);
    await withdrawPermission(who.actor, { use, requestId: randomUUID() });
    await ask(who, [use], "1");
    expect(await decided(who, use)).toBe("false withdrawn");
  });

  test("comes from their own page too, is shown there use by use, and goes when they are forgotten", async () => {
    const [off, chosen, needed, plain] = [await askableUse(sold), await askableUse(sold), await askableUse({ ...sold, legalBasis: "contract" }), await askableUse(bikes)];
    const who = await somebody();
    expect(await showMySignal(who.actor)).toBeNull();
    await honourMySignal(who.actor);
    expect((await entries(who))[0]).toMatchObject({ channel: "gpc", by: { person: who.actor.id } });
    await grant(who, chosen);
    await honourMySignal(who.actor);
    const shown = await showMySignal(who.actor);
    const standing = (use: string) => shown?.uses.find((one) => one.use === use);
    expect(standing(off)).toMatchObject({ standing: "off", concern: "sold", askable: true });
    expect(standing(chosen)).toMatchObject({ standing: "chosen" });
    expect(standing(needed)).toMatchObject({ standing: "needed", askable: false });
    expect(standing(plain)).toBeUndefined();
    await publishTerms(chosen, { ...sold, retention: { kind: "period", count: 60, unit: "months" } });
    await honourMySignal(who.actor);
    expect(await decided(who, chosen, 1)).toBe("true granted");
    expect((await showMySignal(who.actor))?.uses.find((one) => one.use === chosen)).toMatchObject({ standing: "earlier", answered: 1 });
    for (const use of [off, chosen]) await publishTerms(use, bikes);
    expect((await showMySignal(who.actor))?.uses.find((one) => one.use === off), "the objection to it still holds").toMatchObject({ standing: "off", concern: "sold", answered: 1 });
    expect((await showMySignal(who.actor))?.uses.find((one) => one.use === chosen), "the yes to it still holds").toMatchObject({ standing: "earlier", concern: "sold", answered: 1 });
    await withdrawPermission(who.actor, { use: chosen, requestId: randomUUID() });
    expect((await showMySignal(who.actor))?.uses.find((one) => one.use === chosen), "nothing of it is left").toBeUndefined();
    await forgetPerson(await newStaff("compliance"), { person: who.actor.id, requestId: randomUUID(), leaveAlone: false });
    expect(await database().personSignal.count({ where: { personId: who.actor.id } })).toBe(0);
    await honourMySignal(who.actor);
    expect(await database().personSignal.count({ where: { personId: who.actor.id } })).toBe(0);
  });
});

test("GET /.well-known/gpc.json says that it is honoured", async () => {
  const reply = await app.request("/.well-known/gpc.json");
  expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await reply.json()).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string });
});
