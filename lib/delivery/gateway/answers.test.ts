import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { answersGiven } from "@/lib/contract/answer";
import { questionView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { spendOnceGrants } from "@/lib/data/once-grants";
import { entriesOf, isAsked, newHost, questionOn, read, somebody, type Host, type Known } from "@/lib/delivery/gateway/answers.fixture";
import { askableUse, bikes, kept, newStaff, publishTerms, publishText } from "@/lib/usecases/ask-questions.fixture";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { readReceipt, readReceiptOf } from "@/lib/usecases/read-receipt";
import { showMyHistory } from "@/lib/usecases/show-my-history";
import { showPermissions } from "@/lib/usecases/show-permissions";
import { showPersonAsOf } from "@/lib/usecases/show-person-as-of";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";

let test: TestDatabase;
let host: Host;
let ann: Known;

beforeAll(async () => {
  test = await openTestDatabase();
  host = await newHost(test.ownerUrl);
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});
beforeEach(async () => {
  ann = await somebody();
});

const says = async (use: string, answer: string, more: Readonly<Record<string, unknown>> = {}, who = ann) => ({ token: (await questionOn(who, use)).token, answer, ...more });
const inYears = (years: number, days = 0) => new Date(Date.UTC(new Date().getUTCFullYear() + years, new Date().getUTCMonth(), new Date().getUTCDate() + days)).toISOString();

describe("POST /v1/answers", () => {
  it("records what the host says a person answered, and gives the receipt", async () => {
    const use = await askableUse();
    const question = await questionOn(ann, use);
    const reply = await host.answer(ann.ref, [{ token: question.token, answer: "granted" }], { channel: "checkout" });
    expect(reply.status).toBe(201);
    const [receipt] = (await read(reply)).receipts;
    expect(receipt).toMatchObject({ kind: "permission", use, version: 1, answer: "granted", digest: question.digest });
    expect(await entriesOf(ann)).toMatchObject([{ kind: "permission-answered", v: 3, answer: "granted", channel: "checkout", by: { key: expect.any(String) }, index: receipt?.["index"] }]);
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: true, reason: "granted" });
    expect((await readReceipt(ann, Number(receipt?.["index"]))).jsonld).toMatchObject({ "dpv:hasRecordOfActivity": { "dpv:hasConsentStatus": { "dpv:isImplementedByEntity": {} } } });
  });

  it("takes answers about policies and uses and what is taken back in one submit, in the order given", async () => {
    const [one, two, policy] = [await askableUse(), await askableUse(), `policy-${randomUUID()}`];
    await publishText(policy, { asks: "accept" });
    await host.answer(ann.ref, [await says(two, "granted")]);
    const { token } = await askQuestionsAgain(ann, { kind: "policy", key: policy });
    const { receipts } = await read(await host.answer(ann.ref, [{ use: two, answer: "withdrawn" }, { token, answer: "accepted" }, await says(one, "refused")]));
    expect(receipts.map(({ use, policy: text, answer }) => [use ?? text, answer])).toEqual([[two, "withdrawn"], [policy, "accepted"], [one, "refused"]]);
    expect(await host.decide(ann.ref, two)).toMatchObject({ allowed: false, reason: "withdrawn" });
  });

  it("is all or nothing, withdrawals included", async () => {
    const [one, two, never] = [await askableUse(), await askableUse(), await askableUse()];
    await host.answer(ann.ref, [await says(two, "granted")]);
    const reply = await host.answer(ann.ref, [await says(one, "granted"), { use: two, answer: "withdrawn" }, { use: never, answer: "withdrawn" }]);
    expect(reply.status).toBe(409);
    expect(await read(reply)).toMatchObject({ code: "nothing-changed", errors: [{ path: "answers[2].use" }] });
    expect(await entriesOf(ann)).toHaveLength(1);
    expect(await host.decide(ann.ref, two)).toMatchObject({ allowed: true });
  });

  it("gives the question as it is now where the shown one is superseded", async () => {
    const use = await askableUse();
    const old = await says(use, "granted");
    await publishTerms(use, kept(24));
    const reply = await host.answer(ann.ref, [old]);
    expect(reply.status).toBe(409);
    const { code, question } = await read(reply);
    expect(code).toBe("question-superseded");
    expect(questionView.parse(question)).toMatchObject({ use, version: 2 });
    expect(await entriesOf(ann)).toHaveLength(0);
  });

  it("refuses a question that was put to somebody else, to nobody, or is bent", async () => {
    const [use, ben] = [await askableUse(), await somebody()];
    const said = await says(use, "granted");
    for (const [person, token] of [[ben.ref, said.token], ["a stranger", said.token], [ann.ref, `${said.token.slice(0, -1)}${said.token.endsWith("A") ? "B" : "A"}`]] as const) {
      const reply = await host.answer(person, [{ token, answer: "granted" }]);
      expect(reply.status).toBe(422);
      expect(await read(reply)).toMatchObject({ code: "question-unknown", errors: [{ path: "answers[0].token" }] });
    }
    expect([await entriesOf(ann), await entriesOf(ben)]).toEqual([[], []]);
  });

  it("sent twenty times at once under one key makes one entry and one reply, byte for byte, and other words are a conflict", async () => {
    const [use, gone] = [await askableUse(), await askableUse()];
    await host.answer(ann.ref, [await says(gone, "granted")]);
    await host.answer(ann.ref, [{ use: gone, answer: "withdrawn" }]);
    // What had been taken back before has its old entry in the reply, each time.
    const answers = [{ use: gone, answer: "withdrawn" }, await says(use, "granted", { until: "2030-01-01" })];
    const headers = { "idempotency-key": `order-${randomUUID()}` };
    const guardian = { name: "Ines Berg", relation: "mother" };
    const replies = await Promise.all(Array.from({ length: 20 }, () => host.answer(ann.ref, answers, { guardian }, headers).then(async (reply) => `${reply.status} ${await reply.text()}`)));
    expect(new Set(replies).size).toBe(1);
    expect(replies[0]).toMatch(/^201 /);
    expect(await entriesOf(ann)).toHaveLength(3);
    expect(await database().guardian.count({ where: { personId: ann.id } })).toBe(1);

    const other = await host.answer(ann.ref, [await says(use, "refused")], {}, headers);
    expect([other.status, (await read(other)).code]).toEqual([409, "idempotency-conflict"]);
    const stranger = await newHost(test.ownerUrl);
    expect((await stranger.answer(ann.ref, [await says(use, "refused")], {}, headers)).status).toBe(201);
  });

  it("refuses keys that nobody can see, and the wrong shapes with their places", async () => {
    const said = await says(await askableUse(), "granted");
    expect((await host.answer(ann.ref, [said], {}, { "idempotency-key": "x".repeat(201) })).status).toBe(422);
    expect((await host.answer(ann.ref, [said], {}, { "idempotency-key": "a b" })).status).toBe(422);
    const past = new Date(Date.now() - 1000).toISOString();
    const cases: readonly (readonly [unknown, string])[] = [
      [{ answers: [] }, "answers"],
      [{ answers: Array.from({ length: 101 }, () => said) }, "answers"],
      [{ answers: [{ ...said, answer: "perhaps" }] }, "answers[0]"],
      [{ answers: [{ ...said, answer: "acknowledged" }] }, "answers[0].answer"],
      [{ answers: [{ ...said, answer: "kept" }] }, "answers[0].answer"],
      [{ answers: [{ ...said, until: past }] }, "answers[0].until"],
      [{ answers: [{ ...said, until: inYears(10, 2) }] }, "answers[0].until"],
      [{ answers: [{ ...said, until: "2027-02-30" }] }, "answers[0]"],
      [{ answers: [{ ...said, until: "+275760-09-13T00:00:00Z" }] }, "answers[0]"],
      [{ answers: [{ ...said, answer: "refused", until: inYears(1) }] }, "answers[0].until"],
      [{ answers: [{ ...said, answer: "refused", once: true }] }, "answers[0].once"],
      [{ answers: [said, said] }, "answers[1].token"],
      [{ answers: [said], guardian: { relation: "mother" } }, "guardian.name"],
      [{ answers: [said], channel: "No Key" }, "channel"],
      [{ answers: [{ use: "bikes", answer: "granted" }] }, "answers[0]"],
    ];
    for (const [body, path] of cases) {
      const reply = await host.send("/v1/answers", { person: ann.ref, ...(body as object) });
      expect([reply.status, (await read(reply)).errors?.map((one) => one.path)], JSON.stringify(body)).toEqual([422, [path]]);
    }
    expect((await host.answer(ann.ref, [{ use: "no-such-use", answer: "withdrawn" }])).status).toBe(404);
    expect((await (await newHost(test.ownerUrl, ["decide"])).answer(ann.ref, [said])).status).toBe(403);
    expect(await entriesOf(ann)).toHaveLength(0);
    expect(answersGiven.parse({ person: "a", answers: [{ ...said, until: "2027-03-03" }] }).answers[0]).toMatchObject({ until: "2027-03-03T00:00:00.000Z" });
  });

  it("lets somebody whom nobody has met object", async () => {
    const use = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    const ref = `stranger ${randomUUID()}`;
    expect((await host.answer(ref, [{ use, answer: "withdrawn" }])).status).toBe(201);
    expect(await host.decide(ref, use)).toMatchObject({ allowed: false, reason: "objected" });
  });
});

describe("keeping what was agreed to", () => {
  it("refuses the change, holds the old scope, and asks again only when the deal changes once more", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted")]);
    expect((await questionOn(ann, use)).choices.map(({ answer }) => answer)).toEqual(["granted", "refused"]);
    await publishTerms(use, kept(24));
    const question = await questionOn(ann, use);
    expect(question.choices.at(-1)).toEqual({ answer: "kept", label: "Keep what I agreed to", keeps: 1 });
    const [receipt] = (await read(await host.answer(ann.ref, [{ token: question.token, answer: "kept" }]))).receipts;
    expect(receipt).toMatchObject({ answer: "kept", version: 2, keeps: 1, digest: question.digest });
    expect((await entriesOf(ann)).at(-1)).toMatchObject({ answer: "refused", version: 2, keeps: 1 });

    expect(await host.decide(ann.ref, use, 1)).toMatchObject({ allowed: true, reason: "granted", answeredVersion: 1 });
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: false, reason: "refused", version: 2 });
    expect(await isAsked(ann, use)).toBe(false);
    await publishTerms(use, kept(36));
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: false, reason: "use-changed", version: 3 });
    expect(await host.decide(ann.ref, use, 2)).toMatchObject({ allowed: false, reason: "refused" });
    expect(await isAsked(ann, use)).toBe(true);
    await host.answer(ann.ref, [await says(use, "kept")]);
    expect(await isAsked(ann, use)).toBe(false);
    expect(await host.decide(ann.ref, use, 1)).toMatchObject({ allowed: true });
    // Back to what was agreed to: nothing is to be asked, and it may be done again.
    await publishTerms(use, bikes);
    expect(await isAsked(ann, use)).toBe(false);
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: true, reason: "granted", version: 4 });
  });

  it("can be withdrawn in one act, after which neither version is asked about again", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted")]);
    await publishTerms(use, kept(24));
    await host.answer(ann.ref, [await says(use, "kept")]);
    const [receipt] = (await read(await host.answer(ann.ref, [{ use, answer: "withdrawn" }]))).receipts;
    expect(receipt).toMatchObject({ answer: "withdrawn", version: 1 });
    for (const version of [1, 2]) expect(await host.decide(ann.ref, use, version)).toMatchObject({ allowed: false, reason: "withdrawn" });
    expect(await isAsked(ann, use)).toBe(false);
    await publishTerms(use, kept(36));
    expect(await isAsked(ann, use)).toBe(true);
  });

  it("keeps the end of what was agreed to, and is no longer offered after it, nor after taking it back", async () => {
    const [use, other] = [await askableUse(), await askableUse()];
    const until = inYears(1);
    await host.answer(ann.ref, [await says(use, "granted", { until }), await says(other, "granted")]);
    await publishTerms(use, kept(24));
    await publishTerms(other, kept(24));
    const late = await says(other, "kept");
    await host.answer(ann.ref, [await says(use, "kept"), { use: other, answer: "withdrawn" }]);
    expect(await database().permission.findFirst({ where: { personId: ann.id, use: { key: use } } })).toMatchObject({ state: "granted", version: 1, declined: 2, expiresAt: new Date(until) });
    const reply = await host.answer(ann.ref, [late]);
    expect([reply.status, (await read(reply)).question?.choices.map(({ answer }) => answer)]).toEqual([409, ["granted", "refused"]]);
  });

  it("is told on the person's pages, in their history, and by the ledger alone", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted")]);
    await publishTerms(use, kept(24));
    await host.answer(ann.ref, [await says(use, "kept")]);
    expect((await showPermissions(ann)).find((one) => one.use === use)).toMatchObject({ state: "granted", due: null, allowed: false, answered: { version: 1, declined: 2 } });
    expect((await showMyHistory(ann, null)).lines.map(({ answer, version, keeps }) => [answer, version, keeps])).toEqual([["kept", 2, 1], ["granted", 1, undefined]]);
    const told = await showPersonAsOf(await newStaff("compliance"), { person: ann.id, at: new Date() });
    expect(told.status === "told" && told.uses.find((one) => one.use === use)).toMatchObject({ allowed: false, reason: "refused", answer: { version: 1, declined: 2 }, versions: [{ version: 1, allowed: true }, { version: 2, allowed: false, reason: "refused" }] });
    const { view, jsonld, kantara } = await readReceipt(ann, (await entriesOf(ann)).at(-1)?.index ?? -1);
    expect(view).toMatchObject({ answer: "kept", keeps: 1, version: 2, now: { kind: "permission", allowed: false } });
    expect(JSON.stringify(jsonld)).toContain("kept what was agreed to with version 1");
    expect(kantara).toBeNull();
  });
});

describe("a yes with bounds", () => {
  it("holds until its end", async () => {
    const use = await askableUse();
    const soon = new Date(Date.now() + 1500).toISOString();
    const [receipt] = (await read(await host.answer(ann.ref, [await says(use, "granted", { until: soon })]))).receipts;
    expect(receipt).toMatchObject({ until: soon });
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: true });
    await expect.poll(() => host.decide(ann.ref, use), { timeout: 5000 }).toMatchObject({ allowed: false, reason: "expired" });
    expect(await isAsked(ann, use)).toBe(true);
  });

  it("is good for one decision, however many ask at once, and its use stands in the ledger", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    expect(await host.decide("somebody else", use)).toMatchObject({ allowed: false });
    const body = { decisions: Array.from({ length: 5 }, () => ({ person: ann.ref, use })) };
    const [batch, ...single] = await Promise.all([
      host.send("/v1/decisions", body).then(async (reply) => ((await reply.json()) as { decisions: { allowed: boolean; reason: string }[] }).decisions),
      ...Array.from({ length: 12 }, () => host.decide(ann.ref, use) as Promise<{ allowed: boolean; reason: string }>),
    ]);
    const all = [...batch, ...single];
    expect(all.filter(({ allowed }) => allowed)).toMatchObject([{ reason: "granted", once: true }]);
    expect(all.filter(({ reason }) => reason === "expired")).toHaveLength(16);
    const entries = await entriesOf(ann);
    expect(entries.map(({ kind }) => kind)).toEqual(["permission-answered", "permission-used"]);
    expect(entries[1]).toMatchObject({ use, version: 1, of: entries[0]?.index, by: { key: expect.any(String) } });
    expect((await showMyHistory(ann, null)).lines.map(({ answer }) => answer)).toEqual(["used", "granted"]);
    expect((await showPermissions(ann)).find((one) => one.use === use)).toMatchObject({ reason: "expired", answered: { once: true, usedAt: new Date(entries[1]?.at ?? "") } });
    const told = await showPersonAsOf(await newStaff("compliance"), { person: ann.id, at: new Date() });
    expect(told.status === "told" && told.uses.find((one) => one.use === use)).toMatchObject({ allowed: false, reason: "expired" });

    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: true, once: true });
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: false, reason: "expired" });
  });

  it("is not used in the name of the one that it replaced", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    const [first, second] = (await entriesOf(ann)).map(({ index }) => index);
    const spend = (of: number | undefined) => spendOnceGrants({ key: randomUUID() }, [{ person: ann.id, use, version: 1, of: of ?? -1 }]);
    expect(await spend(first)).toEqual([false]);
    expect(await spend(second)).toEqual([true]);
    expect(await spend(second)).toEqual([false]);
    expect((await entriesOf(ann)).filter(({ kind }) => kind === "permission-used")).toHaveLength(1);
  });

  it("is not used when it ran out while the decision was made", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    const spend = async () => spendOnceGrants({ key: randomUUID() }, [{ person: ann.id, use, version: 1, of: (await entriesOf(ann))[0]?.index ?? -1 }]);
    const endsAt = (expiresAt: Date | null) => database().permission.updateMany({ where: { personId: ann.id }, data: { expiresAt } });
    await endsAt(new Date(0));
    expect(await spend()).toEqual([false]);
    await endsAt(null);
    expect(await spend()).toEqual([true]);
  });

  it("is not used by a decision that is denied, and not once it was taken back", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted", { once: true })]);
    await publishTerms(use, kept(24));
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: false, reason: "use-changed" });
    const [taken, ...decisions] = await Promise.all([host.answer(ann.ref, [{ use, answer: "withdrawn" }]), ...Array.from({ length: 6 }, () => host.decide(ann.ref, use, 1))]);
    expect(taken.status).toBe(201);
    expect(decisions.filter(({ allowed }) => allowed === true).length).toBeLessThanOrEqual(1);
    expect(await host.decide(ann.ref, use, 1)).toMatchObject({ allowed: false, reason: "withdrawn" });
    const kinds = (await entriesOf(ann)).map((entry) => (entry.kind === "permission-answered" ? entry.answer : entry.kind));
    expect(kinds.lastIndexOf("permission-used")).toBeLessThan(kinds.indexOf("withdrawn"));
  });
});

describe("a guardian", () => {
  it("is named in the receipt and nowhere else, and goes with the person", async () => {
    const use = await askableUse();
    const guardian = { name: "Ines Berg", ref: "customer 77", relation: "mother" };
    const [receipt] = (await read(await host.answer(ann.ref, [await says(use, "granted")], { guardian }))).receipts;
    const index = Number(receipt?.["index"]);
    const [entry] = await entriesOf(ann);
    expect(entry).toMatchObject({ guardian: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(entry)).not.toContain("Ines");
    const { file, view, jsonld } = await readReceipt(ann, index);
    expect(JSON.parse(file.guardian?.identity ?? "")).toEqual(guardian);
    expect(view.guardian).toEqual(guardian);
    expect(JSON.stringify(jsonld)).toContain("GuardianOfDataSubject");
    expect((await showMyHistory(ann, null)).lines[0]).toMatchObject({ guardian: true });
    const [row] = await database().guardian.findMany({ where: { personId: ann.id } });
    expect(Buffer.from(row?.sealed ?? []).toString("latin1")).not.toContain("Ines");
    const compliance = await newStaff("compliance");
    expect(await readReceiptOf(compliance, index)).not.toHaveProperty("guardian");
    await forgetPerson(compliance, { person: ann.id, leaveAlone: false, requestId: randomUUID() });
    expect(await database().guardian.count({ where: { personId: ann.id } })).toBe(0);
  });

  it("cannot be guessed from what the ledger keeps of the request", async () => {
    const use = await askableUse();
    await host.answer(ann.ref, [await says(use, "granted")]);
    const [guardian, answers] = [{ ref: "customer 77", relation: "mother" }, [{ use, answer: "withdrawn" }]];
    await host.answer(ann.ref, answers, { guardian });
    const [entry] = (await entriesOf(ann)).slice(-1);
    const row = await database().ledgerEntry.findUniqueOrThrow({ where: { index: BigInt(entry!.index) }, select: { requestDigest: true } });
    const said = toHex(digestOf({ answers, channel: "api", guardian }));
    expect(toHex(row.requestDigest!)).not.toBe(toHex(digestOf({ by: entry!.by, person: ann.id, said })));
  });
});

it("what decisions rest on still agrees with the ledger after all of this", async () => {
  expect((await verifyWholeLedger(await newStaff("compliance"))).fault).toBeNull();
});
