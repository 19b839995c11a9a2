import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { ConsentsReply } from "@/lib/contract/consent-import";
import type { PermissionsReply } from "@/lib/contract/permission";
import { closeDatabase, database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { wordsOfProgram } from "@/lib/data/ledger/request-name";
import type { StaffActor } from "@/lib/domain/actor";
import { entriesOf, newHost, questionOn, read, somebody, type Host, type Known } from "@/lib/delivery/gateway/answers.fixture";
import { askableUse, bikes, kept, newStaff, publishTerms, publishText } from "@/lib/usecases/ask-questions.fixture";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { readReceipt } from "@/lib/usecases/read-receipt";
import { showMyHistory } from "@/lib/usecases/show-my-history";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";

let test: TestDatabase;
let host: Host;
let ann: Known;
let compliance: StaffActor;

beforeAll(async () => {
  test = await openTestDatabase();
  host = await newHost(test.ownerUrl);
  compliance = await newStaff("compliance");
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});
beforeEach(async () => {
  ann = await somebody();
});

const source = "The old newsletter";
const row = (use: string, more: Readonly<Record<string, unknown>> = {}) => ({ person: ann.ref, use, version: 1, answer: "granted", answeredAt: "2024-03-03T10:00:00Z", ...more });
const bring = (consents: readonly unknown[], headers: Readonly<Record<string, string>> = {}) => host.send("/v1/imports", { source, consents }, headers);
const fates = async (consents: readonly unknown[]) => ((await (await bring(consents)).json()) as ConsentsReply).rows.map((one) => (one.fate === "skipped" ? one.why : one.fate));
const rowOf = (use: string, who = ann) => database().permission.findFirst({ where: { personId: who.id, use: { key: use } } });

describe("POST /v1/imports", () => {
  it("brings answers in as what they are: given elsewhere, to something that is not known here", async () => {
    const use = await askableUse();
    const stranger = `stranger ${randomUUID()}`;
    const reply = await bring([row(use, { until: "2031-01-01" }), row(use, { person: stranger, answer: "refused" })]);
    expect(reply.status).toBe(201);
    expect(await reply.json()).toMatchObject({ imported: 2, skipped: 0, rows: [{ fate: "imported" }, { fate: "imported" }] });
    const [entry] = await entriesOf(ann);
    expect(entry).toMatchObject({ kind: "permission-answered", answer: "granted", shown: null, channel: "import", imported: { source, answeredAt: "2024-03-03T10:00:00.000Z" }, by: { key: expect.any(String) } });
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: true, reason: "granted", imported: true });
    expect(await host.decide(stranger, use)).toMatchObject({ allowed: false, reason: "refused", imported: true });

    const { view, jsonld, kantara, file } = await readReceipt(ann, entry?.index ?? -1);
    expect(view).toMatchObject({ shown: null, imported: { source } });
    expect([kantara, file.shown]).toEqual([null, null]);
    expect(JSON.stringify(jsonld)).toContain(`Brought in from “${source}”`);
    expect(JSON.stringify(jsonld)).not.toContain("ExplicitlyExpressedConsent");
    expect((await showMyHistory(ann, null)).lines[0]).toMatchObject({ shown: null, imported: { source } });
  });

  it("skips what may not stand here, and says why of each row", async () => {
    const [use, free, contract, twice] = [await askableUse(), await askableUse(), await askableUse({ ...bikes, legalBasis: "contract" }), await askableUse()];
    await host.answer(ann.ref, [{ token: (await questionOn(ann, use)).token, answer: "refused" }]);
    const [alone, ref] = [await somebody(), `stranger ${randomUUID()}`];
    await forgetPerson(compliance, { person: alone.id, leaveAlone: true, requestId: randomUUID() });
    expect(
      await fates([
        row(use),
        row(free),
        row(contract),
        row("no-such-use", { person: ref }),
        row(free, { version: 9, person: ref }),
        row(free, { answeredAt: new Date(Date.now() + 60_000).toISOString(), person: ref }),
        row(free, { person: alone.ref }),
        row(twice, { answeredAt: "2024-01-01" }),
        row(twice, { answer: "withdrawn", answeredAt: "2024-02-01" }),
      ]),
    ).toEqual(["answered-here", "imported", "no-choice", "unknown-use", "unknown-version", "in-the-future", "left-alone", "twice", "imported"]);
    expect(await rowOf(use)).toMatchObject({ state: "refused", importedFrom: null });
    expect(await rowOf(twice)).toMatchObject({ state: "withdrawn" });
    // Nobody becomes known for the sake of a row that is skipped.
    expect((await host.send(`/v1/people/${encodeURIComponent(ref)}/permissions`)).status).toBe(404);
  });

  it("lets a later answer from elsewhere replace an earlier one and never the other way, and one given here replace both", async () => {
    const use = await askableUse();
    expect(await fates([row(use)])).toEqual(["imported"]);
    expect(await fates([row(use, { answer: "withdrawn" })])).toEqual(["not-newer"]);
    expect(await fates([row(use, { answer: "withdrawn", answeredAt: "2023-01-01" })])).toEqual(["not-newer"]);
    expect(await fates([row(use, { answer: "withdrawn", answeredAt: "2025-01-01" })])).toEqual(["imported"]);
    expect(await host.decide(ann.ref, use)).toMatchObject({ allowed: false, reason: "withdrawn" });
    await host.answer(ann.ref, [{ token: (await questionOn(ann, use)).token, answer: "granted" }]);
    expect(await fates([row(use, { answer: "withdrawn", answeredAt: "2026-01-01" })])).toEqual(["answered-here"]);
    expect(await host.decide(ann.ref, use)).not.toHaveProperty("imported");
    expect(await rowOf(use)).toMatchObject({ state: "granted", importedFrom: null, importedAt: null });
  });

  it("is never the earlier deal that somebody keeps: nobody knows what was shown", async () => {
    const use = await askableUse();
    await bring([row(use)]);
    await publishTerms(use, kept(24));
    expect((await questionOn(ann, use)).choices.map(({ answer }) => answer)).toEqual(["granted", "refused"]);
    expect(await host.decide(ann.ref, use, 1)).toMatchObject({ allowed: true, imported: true });
  });

  it("twenty times at once under one key is one import with one reply, also where every row is skipped; other words are a conflict", async () => {
    const use = await askableUse();
    for (const consents of [[row(use), row("no-such-use")], [row("no-such-use")]]) {
      const headers = { "idempotency-key": randomUUID() };
      const replies = await Promise.all(Array.from({ length: 20 }, () => bring(consents, headers).then(async (reply) => `${reply.status} ${await reply.text()}`)));
      expect(new Set(replies).size).toBe(1);
      expect(replies[0]).toMatch(/^201 /);
      const other = await bring([row(use, { answer: "refused" })], headers);
      expect([other.status, (await read(other)).code]).toEqual([409, "idempotency-conflict"]);
    }
    expect(await entriesOf(ann)).toHaveLength(1);
    // A key that stood for answers stands for no import.
    const headers = { "idempotency-key": randomUUID() };
    await host.answer(ann.ref, [{ use, answer: "withdrawn" }], {}, headers);
    expect((await bring([row(use)], headers)).status).toBe(409);
  });

  it("keeps nothing by which a ref could be guessed", async () => {
    const imports = { source, consents: [row(await askableUse(), { answeredAt: "2024-03-03T10:00:00.000Z" })] };
    await bring(imports.consents);
    const digests = (await database().consentImport.findMany({ select: { digest: true } })).map(({ digest }) => toHex(digest));
    expect(digests).not.toContain(toHex(digestOf({ imports })));
    expect(digests).toContain(toHex(wordsOfProgram({ imports })));
  });

  it("takes a thousand in one go, and counts none of them as said here today", async () => {
    const use = await askableUse();
    const people = Array.from({ length: 1000 }, (_, i) => row(use, { person: `import ${use} ${i}`, answer: i % 4 === 0 ? "refused" : "granted" }));
    expect(await (await bring(people)).json()).toMatchObject({ imported: 1000, skipped: 0 });
    const { id } = await database().dataUse.findUniqueOrThrow({ where: { key: use } });
    expect((await database().tally.findMany({ where: { subject: id } })).map(({ state, count }) => [state, Number(count)]).sort()).toEqual([["granted", 750], ["refused", 250]]);
    expect(await database().tallyDay.count({ where: { subject: id } })).toBe(0);
    expect((await bring(Array.from({ length: 1001 }, () => row(use)))).status).toBe(422);
  });

  it("is 403 without the scope, and 422 with the place of what is wrong", async () => {
    const use = await askableUse();
    expect((await (await newHost(test.ownerUrl, ["decide"])).send("/v1/imports", { source, consents: [row(use)] })).status).toBe(403);
    for (const [more, path] of [
      [{ answeredAt: "yesterday" }, "consents[0].answeredAt"],
      [{ answer: "kept" }, "consents[0].answer"],
      [{ answer: "refused", until: "2031-01-01" }, "consents[0].until"],
      [{ person: "\ud800" }, "consents[0].person"],
    ] as const) {
      const reply = await bring([row(use, more)]);
      expect([reply.status, (await read(reply)).errors?.map((one) => one.path)]).toEqual([422, [path]]);
    }
  });
});

describe("GET /v1/people/{ref}/permissions", () => {
  const stands = async (who = ann) => (await (await host.send(`/v1/people/${encodeURIComponent(who.ref)}/permissions`)).json()) as PermissionsReply;

  it("tells where a person stands with everything in force", async () => {
    const [granted, keeping, once, brought, never, policy] = [await askableUse(), await askableUse(), await askableUse(), await askableUse(), await askableUse(), `policy-${randomUUID()}`];
    await publishText(policy);
    const say = async (use: string, answer: string, more = {}) => ({ token: (await questionOn(ann, use)).token, answer, ...more });
    await host.answer(ann.ref, [await say(granted, "granted", { until: "2031-01-01" }), await say(keeping, "granted"), await say(once, "granted", { once: true })]);
    await publishTerms(keeping, kept(24));
    await host.answer(ann.ref, [await say(keeping, "kept")]);
    await host.decide(ann.ref, once);
    await bring([row(brought)]);
    const { permissions, policies } = await stands();
    const of = (use: string) => permissions.find((one) => one.use === use);
    expect(of(granted)).toMatchObject({ state: "granted", allowed: true, version: 1, answeredVersion: 1, until: "2031-01-01T00:00:00.000Z", channel: "api", index: expect.any(Number) });
    expect(of(keeping)).toMatchObject({ state: "granted", allowed: false, reason: "refused", version: 2, answeredVersion: 1, declined: 2 });
    expect(of(once)).toMatchObject({ once: true, usedAt: expect.any(String), reason: "expired", due: "expired" });
    expect(of(brought)).toMatchObject({ imported: { source, answeredAt: "2024-03-03T10:00:00.000Z" } });
    expect(of(never)).toEqual({ use: never, name: `Use ${never}`, version: 1, state: "never-asked", allowed: false, reason: "never-asked", due: "never-asked" });
    expect(policies.find((one) => one.policy === policy)).toMatchObject({ state: "never-asked", due: "never-asked", asks: "acknowledge" });
  });

  it("is 404 for whom nobody has met or everybody forgot, and 403 without the scope", async () => {
    expect((await host.send("/v1/people/nobody/permissions")).status).toBe(404);
    await forgetPerson(compliance, { person: ann.id, leaveAlone: false, requestId: randomUUID() });
    expect((await host.send(`/v1/people/${encodeURIComponent(ann.ref)}/permissions`)).status).toBe(404);
    expect((await (await newHost(test.ownerUrl, ["decide"])).send("/v1/people/nobody/permissions")).status).toBe(403);
  });
});

it("what decisions rest on still agrees with the ledger after all of this", async () => {
  expect((await verifyWholeLedger(compliance)).fault).toBeNull();
});
