import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import pg from "pg";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { insertPersons } from "@/lib/data/persons";
import { clearDeliveries } from "@/lib/data/webhook-deliveries";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { sendWebhook } from "@/lib/delivery/worker/send-webhook";
import { house, type Actor } from "@/lib/domain/actor";
import type { Fact } from "@/lib/domain/entry";
import { waits, type EventKind, eventKinds } from "@/lib/domain/webhook";
import { addWebhook } from "@/lib/usecases/add-webhook";
import { changeWebhook } from "@/lib/usecases/change-webhook";
import { deliverWebhooks } from "@/lib/usecases/deliver-webhooks";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { pauseWebhook } from "@/lib/usecases/pause-webhook";
import { removeWebhook } from "@/lib/usecases/remove-webhook";
import { replayDeliveries } from "@/lib/usecases/replay-deliveries";
import { resumeWebhook } from "@/lib/usecases/resume-webhook";
import { rotateWebhookSecret } from "@/lib/usecases/rotate-webhook-secret";
import { showEndings } from "@/lib/usecases/show-endings";
import { showWebhook } from "@/lib/usecases/show-webhook";
import { testWebhook } from "@/lib/usecases/test-webhook";

type Told = { path: string; headers: Record<string, string>; raw: string; body: { type: string; timestamp: string; data: Record<string, unknown> } };

let db: TestDatabase;
let owner: pg.Client;
let server: Server;
let port: number;
let told: Told[] = [];
/** The status that a path answers with; a message's person may be named behind it. */
const answers = new Map<string, number>();
let admin: Actor;
let compliance: Actor;

beforeAll(async () => {
  process.env["HANDSHAKE_WEBHOOKS_TO_LOCALHOST"] = "1";
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const member = async (role: "admin" | "compliance"): Promise<Actor> => {
    const { id } = await database().staff.create({ data: { email: `${role}@example.com`, name: role, role, passwordHash: "x" }, select: { id: true } });
    return { kind: "staff", id, name: role, email: `${role}@example.com`, role };
  };
  [admin, compliance] = [await member("admin"), await member("compliance")];
  server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const one: Told = { path: request.url ?? "", headers: request.headers as Record<string, string>, raw, body: JSON.parse(raw) as Told["body"] };
      const status = answers.get(`${one.path} ${String(one.body.data["person"])}`) ?? answers.get(one.path) ?? 204;
      told.push(one);
      reply.writeHead(status, status === 302 ? { location: `http://127.0.0.1:${port}/elsewhere` } : {}).end("x".repeat(100_000));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await Promise.all([owner.end(), closeDatabase()]);
  await db.drop();
});
beforeEach(async () => {
  await owner.query("TRUNCATE webhook_delivery, webhook_event, webhook, parting_ref");
  told = [];
  answers.clear();
});

const subscriber = async (path: string, kinds: readonly EventKind[] = eventKinds, confirms = false) => {
  const { id, secret } = await addWebhook(admin, { requestId: randomUUID(), name: path, url: `http://127.0.0.1:${port}/${path}`, kinds: [...kinds], confirms });
  return { id, secret: secret ?? "" };
};
const write = (...facts: Fact[]) => writeToLedger({ house: true }, randomUUID(), async ({ append }) => facts.map((fact) => append(fact).entry.index), async () => []);
const person = async (ref: string) => (await insertPersons([{ ref, email: null, name: null, locale: "en" }]))[0]!;
const answered = (id: string, version: number, answer: "granted" | "refused" | "withdrawn" | "objected" = "granted"): Fact => ({ kind: "permission-answered", v: 3, person: id, use: "picks", version, answer, channel: "test", identity: null, shown: null, expiresAt: null });
const deliver = () => deliverWebhooks(house, sendWebhook);
const dueNow = () => owner.query("UPDATE webhook_delivery SET due_at = now(); UPDATE webhook SET rest_until = NULL");
const stored = async () => (await owner.query<{ deliveries: number; events: number }>("SELECT (SELECT count(*)::int FROM webhook_delivery) AS deliveries, (SELECT count(*)::int FROM webhook_event) AS events")).rows[0];

describe("what is told", () => {
  test("what the ledger says, to those who want it, signed, by the host's own word for the person", async () => {
    const { secret } = await subscriber("all");
    await subscriber("policies", ["policy.published"]);
    const id = await person("customer-7");
    const [index] = await write(answered(id, 3, "withdrawn"));
    expect(await deliver()).toBe(1);
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toEqual({ type: "permission.changed", timestamp: expect.any(String) as string, data: { person: "customer-7", use: "picks", version: 3, state: "withdrawn", index } });
    expect(new Webhook(secret).verify(told[0]!.raw, told[0]!.headers)).toEqual(told[0]!.body);
    expect(await deliver()).toBe(0);
  });

  test("that an earlier yes is kept, and that one that was good once is used", async () => {
    await subscriber("all");
    const id = await person("keeps-the-deal");
    await write({ ...answered(id, 3, "refused"), keeps: 2 } as Fact, { ...answered(id, 1), once: true } as Fact, { kind: "permission-used", v: 1, person: id, use: "picks", version: 1, of: 9 });
    await deliver();
    expect(told.map(({ body: { data } }) => data)).toMatchObject([{ version: 3, state: "refused", keeps: 2 }, { version: 1, state: "granted", once: true }, { version: 1, state: "used" }]);
  });

  test("nothing is stored while nobody wants it, nor for an act that fails", async () => {
    const id = await person("nobody-listens");
    await write(answered(id, 1));
    await subscriber("later", ["person.forgotten"]);
    await write(answered(id, 2));
    expect(await stored()).toEqual({ deliveries: 0, events: 0 });
    await subscriber("all");
    const failing = writeToLedger({ house: true }, randomUUID(), async ({ append }) => {
      append(answered(id, 3));
      append({ ...answered(id, 3), person: "no uuid" } as Fact);
    }, async () => undefined);
    await expect(failing).rejects.toThrow();
    expect(await stored()).toEqual({ deliveries: 0, events: 0 });
  });

  test("a publication that makes people due is one message, however many they are; one that reaches all of them is none", async () => {
    await subscriber("due", ["question.due", "policy.published"]);
    const useId = randomUUID();
    await owner.query("INSERT INTO data_use (id, key, name) VALUES ($1, 'kites', 'Kites')", [useId]);
    const use = { kind: "use-published", v: 1, use: "kites", replaces: null, digest: "00", legalBasis: "consent", reask: "any", carriedFrom: [], authors: [], twoPairsOfEyes: true } as const;
    const version = (number: number) =>
      owner.query(
        `INSERT INTO data_use_version (use_id, number, terms, legal_basis, gpc_concern, author_ids, published_at, published_by_id, reask, replaces_id, digest, entry_index)
         VALUES ($1, $2, '{}', 'consent', 'none', '{}', now(), gen_random_uuid(), 'any', (SELECT id FROM data_use_version WHERE use_id = $1 AND number = $2 - 1), '\\x00', 0)`,
        [useId, number],
      );
    await version(1);
    await write({ ...use, version: 1 });
    await version(2);
    await write({ ...use, version: 2, replaces: 1, carriedFrom: [1] });
    await version(3);
    await write({ ...use, version: 3, replaces: 2, carriedFrom: [1] });
    await write({ ...use, version: 4, replaces: 3, legalBasis: "contract" });
    await owner.query("INSERT INTO policy (key, title, audience, asks) VALUES ('quiet', 'Quiet', 'customers', 'nothing'), ('terms', 'Terms', 'customers', 'accept')");
    const policy = { kind: "policy-published", v: 1, version: 1, replaces: null, digest: "00", texts: {}, inForceFrom: "2026-12-01T00:00:00.000Z", editorial: false, history: [], authors: [], twoPairsOfEyes: true } as const;
    await write({ ...policy, policy: "quiet" });
    await write({ ...policy, policy: "terms" });
    await write({ ...policy, policy: "terms", version: 2, replaces: 1, editorial: true });
    await deliver();
    expect(told.map(({ body: { type, data } }) => [type, data["use"] ?? data["policy"], data["version"]].join(" "))).toEqual([
      "question.due kites 1",
      "question.due kites 3",
      "policy.published quiet 1",
      "policy.published terms 1",
      "question.due terms 1",
      "policy.published terms 2",
    ]);
  });

  test("what the ledger does not hold is told by the database's own call, and nothing else is", async () => {
    await subscriber("memory", ["memory.removed", "permission.changed"]);
    const id = await person("forgets-bikes");
    await database().$queryRaw`SELECT notice_event('memory.removed', ${id}::uuid, '{"use":"picks","keys":["bike"]}'::jsonb)::text`;
    await expect(database().$queryRaw`SELECT notice_event('permission.changed', ${id}::uuid, '{}'::jsonb)::text`).rejects.toThrow(/the ledger tells of/);
    await expect(database().$executeRaw`INSERT INTO webhook_event (kind, body) VALUES ('policy.published', '{}')`).rejects.toThrow(/permission denied/);
    await deliver();
    expect(told.map(({ body }) => body.data)).toEqual([{ person: "forgets-bikes", use: "picks", keys: ["bike"] }]);
  });

  test("somebody forgotten is named one last time, until everybody knows, and nothing else is told of them", async () => {
    await subscriber("first");
    const second = await subscriber("second");
    const id = await person("goes-away");
    await pauseWebhook(admin, { requestId: randomUUID(), webhook: second.id });
    await write(answered(id, 1));
    await forgetPerson(compliance, { person: id, requestId: randomUUID(), leaveAlone: false });
    await deliver();
    expect(told.map(({ path, body }) => [path, body.type, body.data["person"]])).toEqual([["/first", "person.forgotten", "goes-away"]]);
    const { rows } = await owner.query<{ sealed: Buffer }>("SELECT sealed FROM parting_ref");
    expect(rows).toHaveLength(1);
    expect(rows[0]!.sealed.toString("latin1")).not.toContain("goes-away");
    await resumeWebhook(admin, { requestId: randomUUID(), webhook: second.id });
    await deliver();
    expect(told.map(({ path, body }) => [path, body.type, body.data["person"]])[1]).toEqual(["/second", "person.forgotten", "goes-away"]);
    expect((await owner.query("SELECT FROM parting_ref")).rowCount).toBe(0);
    const { rows: left } = await owner.query<{ all: string }>("SELECT COALESCE(string_agg(v.body::text, ''), '') AS all FROM webhook_event v");
    expect(left[0]!.all).not.toContain("goes-away");
    await expect(replayDeliveries(admin, { webhook: second.id, delivery: told[1]!.headers["webhook-id"]! })).rejects.toMatchObject({ code: "nothing-changed" });
  });
});

describe("how it is told", () => {
  test("each message once and each person's in order, however many workers there are", async () => {
    await subscriber("a");
    await subscriber("b");
    const people = await Promise.all(Array.from({ length: 12 }, (_, i) => person(`p${i}-${randomUUID()}`)));
    for (let version = 1; version <= 6; version++) await write(...people.map((id) => answered(id, version)));
    const sent = await Promise.all([deliver(), deliver(), deliver()]);
    expect(sent.reduce((sum, one) => sum + one)).toBe(144);
    const order = new Map<string, number[]>();
    for (const { path, body } of told) {
      const lane = `${path} ${String(body.data["person"])}`;
      order.set(lane, [...(order.get(lane) ?? []), body.data["version"] as number]);
    }
    expect(order.size).toBe(24);
    for (const versions of order.values()) expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("what fails holds up only the same person at the same subscriber, comes again with the same id, and later", async () => {
    await subscriber("ok");
    const bad = await subscriber("bad");
    const [one, other] = [await person("unlucky"), await person("lucky")];
    answers.set("/bad unlucky", 500);
    await write(answered(one, 1), answered(one, 2), answered(other, 1));
    await deliver();
    const seen = () => told.map(({ path, body }) => `${path} ${String(body.data["person"])} ${String(body.data["version"])}`).sort();
    expect(seen()).toEqual(["/bad lucky 1", "/bad unlucky 1", "/ok lucky 1", "/ok unlucky 1", "/ok unlucky 2"]);
    const firstId = told.find(({ path, body }) => path === "/bad" && body.data["person"] === "unlucky")?.headers["webhook-id"];
    const { deliveries } = await showWebhook(admin, bad.id, { state: "waiting" });
    expect(deliveries.map(({ attempts, lastCode }) => [attempts, lastCode])).toEqual([[0, null], [1, "500"]]);
    answers.clear();
    await dueNow();
    told = [];
    await deliver();
    expect(told.map(({ body }) => body.data["version"])).toEqual([1, 2]);
    expect(told[0]?.headers["webhook-id"]).toBe(firstId);
  });

  test("waits grow; after the last one it is parked and shown, lets the next one by, and staff send it again", async () => {
    const { id } = await subscriber("down");
    const who = await person("waits");
    answers.set("/down", 503);
    await write(answered(who, 1));
    const grown: number[] = [];
    for (let round = 0; round < waits.length + 1; round++) {
      await dueNow();
      await deliver();
      const { rows } = await owner.query<{ wait: number }>("SELECT round(extract(epoch FROM due_at - clock_timestamp()))::int AS wait FROM webhook_delivery");
      if (round < waits.length) grown.push(rows[0]!.wait);
    }
    expect(grown).toEqual(waits);
    await write(answered(who, 2));
    answers.clear();
    await dueNow();
    await deliver();
    expect(told.at(-1)?.body.data["version"]).toBe(2);
    const page = await showWebhook(admin, id, {});
    expect(page.webhook).toMatchObject({ parked: 1, waiting: 0, failingSince: null });
    expect(page.deliveries.map(({ state, lastCode, attempts }) => [state, lastCode, attempts])).toEqual([["delivered", "204", 1], ["parked", "503", waits.length + 1]]);
    expect(await replayDeliveries(admin, { webhook: id })).toBe(1);
    await deliver();
    expect(told.at(-1)?.body.data["version"]).toBe(1);
    await expect(replayDeliveries(admin, { webhook: id })).rejects.toMatchObject({ code: "nothing-changed" });
  });

  test("a subscriber in trouble is left in peace, tried with one at a time, and gets everything at once when it is back", async () => {
    const { id } = await subscriber("ill");
    answers.set("/ill", 500);
    await write(...(await Promise.all(Array.from({ length: 40 }, (_, i) => person(`ill-${i}`)))).map((one) => answered(one, 1)));
    await deliver();
    const tried = told.length;
    expect(tried).toBeLessThan(16);
    await owner.query("UPDATE webhook SET rest_until = NULL");
    await deliver();
    expect(told.length).toBe(tried + 1);
    expect((await showWebhook(admin, id, {})).webhook.failingSince).not.toBeNull();
    answers.clear();
    await owner.query("UPDATE webhook SET rest_until = NULL");
    await deliver();
    expect((await showWebhook(admin, id, {})).webhook).toMatchObject({ waiting: 0, failingSince: null });
  });

  test("a redirect is not followed, what does not answer is cut off, and nothing private is ever asked", async () => {
    const url = (path: string) => `http://127.0.0.1:${port}/${path}`;
    answers.set("/moved", 302);
    expect(await sendWebhook(url("moved"), {}, '{"data":{}}', { toLocalhost: true })).toBe("302");
    expect(told.map(({ path }) => path)).toEqual(["/moved"]);
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const silentPort = typeof address === "object" && address ? address.port : 0;
    expect(await sendWebhook(`http://127.0.0.1:${silentPort}/`, {}, "{}", { toLocalhost: true, patience: 100 })).toBe("timeout");
    silent.closeAllConnections();
    silent.close();
    told = [];
    for (const bad of ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"]) {
      expect([bad, await sendWebhook(`https://${bad}:${port}/`, {}, '{"data":{}}', { toLocalhost: false, patience: 2_000 })]).toEqual([bad, "private-address"]);
    }
    expect(await sendWebhook(url("all"), {}, '{"data":{}}', { toLocalhost: false })).toBe("not-https");
    expect(await sendWebhook("http://10.0.0.1/", {}, "{}", { toLocalhost: true })).toBe("not-https");
    expect(told).toEqual([]);
  });
});

describe("a subscriber", () => {
  test("has a secret shown once, and a new one that the old one stands beside for a while", async () => {
    const requestId = randomUUID();
    const input = { requestId, name: "shop", url: `http://127.0.0.1:${port}/shop`, kinds: [...eventKinds], confirms: false };
    const made = await Promise.all(Array.from({ length: 5 }, () => addWebhook(admin, input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ secret }) => secret !== null)).toHaveLength(1);
    const { id } = made[0]!;
    const old = made.find(({ secret }) => secret !== null)?.secret ?? "";
    const fresh = (await rotateWebhookSecret(admin, { requestId: randomUUID(), webhook: id })).secret ?? "";
    await testWebhook(admin, id);
    await deliver();
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify(told[0]!.raw, told[0]!.headers)).toMatchObject({ type: "test" });
    await owner.query("UPDATE webhook SET old_secret_until = now() - interval '1 second'");
    await testWebhook(admin, id);
    await deliver();
    expect(() => new Webhook(old).verify(told[1]!.raw, told[1]!.headers)).toThrow();
    new Webhook(fresh).verify(told[1]!.raw, told[1]!.headers);
    const { rows } = await owner.query<{ sealed: string }>("SELECT encode(secret, 'escape') AS sealed FROM webhook");
    expect(rows[0]!.sealed).not.toContain(Buffer.from(fresh.slice(6), "base64").toString("latin1"));
  });

  test("is changed, paused and removed with an entry each, and is told nothing after that", async () => {
    const { id } = await subscriber("ends");
    const who = await person("still-here");
    await changeWebhook(admin, { requestId: randomUUID(), webhook: id, name: "ends", url: `http://127.0.0.1:${port}/moved`, kinds: ["permission.changed"], confirms: true });
    await write(answered(who, 1));
    await removeWebhook(admin, { requestId: randomUUID(), webhook: id });
    await write(answered(who, 2));
    await deliver();
    expect(told).toEqual([]);
    const { rows } = await owner.query<{ body: Record<string, unknown> }>("SELECT body::json AS body FROM ledger_entry WHERE kind LIKE 'webhook-%' AND body::json ->> 'webhook' = $1 ORDER BY index", [id]);
    expect(rows.map(({ body }) => [body["kind"], body["changed"] ?? body["kinds"] ?? null])).toEqual([["webhook-created", [...eventKinds]], ["webhook-changed", ["address", "kinds", "confirms"]], ["webhook-removed", null]]);
    expect(JSON.stringify(rows)).not.toContain("127.0.0.1");
  });

  test("is tracked with whatever ends a permission, and with nothing else", async () => {
    await subscriber("tracked");
    const who = await person("changes-their-mind");
    const use = (version: number): Fact => ({ kind: "permission-used", v: 1, person: who, use: "picks", version, of: 9 });
    const keeps = (version: number): Fact => ({ ...answered(who, version, "refused"), keeps: 1 } as Fact);
    const of = (name: string, fact: Fact): Fact => ({ ...fact, use: name }) as Fact;
    const told = async (fact: Fact) => {
      const [index] = await write(fact);
      return (await showEndings(compliance, who)).some((one) => one.index === index);
    };
    expect(await told(answered(who, 1, "refused")), "a first no").toBe(false);
    expect(await told(answered(who, 1))).toBe(false);
    expect(await told(of("letters", answered(who, 1, "refused"))), "a no to something else").toBe(false);
    expect(await told(keeps(2)), "keeping").toBe(false);
    expect(await told(answered(who, 3, "refused")), "a no that takes back what was kept").toBe(true);
    expect(await told(answered(who, 4, "refused")), "a no after a no").toBe(false);
    expect(await told(answered(who, 4))).toBe(false);
    expect(await told(answered(who, 5, "refused")), "a no after a yes").toBe(true);
    expect(await told({ ...answered(who, 5), once: true } as Fact)).toBe(false);
    expect(await told(use(5)), "a yes for one time that was used").toBe(true);
    for (const answer of ["withdrawn", "objected"] as const) expect(await told(answered(who, 5, answer)), answer).toBe(true);
  });

  test("that confirms has acted on an end only when it says so, by a key that may", async () => {
    const [quick, slow] = [await subscriber("quick"), await subscriber("slow", eventKinds, true)];
    const who = await person("withdraws");
    const [index] = await write(answered(who, 1, "withdrawn"));
    const app = gatewayApp();
    const confirm = async (event: string, scopes: readonly string[]) => app.request("/v1/webhooks/confirmations", { method: "POST", headers: { authorization: `Bearer ${await apiKeyRow(owner, scopes)}`, "content-type": "application/json" }, body: JSON.stringify({ event }) });
    const stand = async () => (await showEndings(compliance, who)).find((one) => one.index === index)?.passed.map(({ name, state, done }) => [name, state, done]);
    expect(await stand()).toEqual([["quick", "waiting", false], ["slow", "waiting", false]]);
    await deliver();
    expect(await stand()).toEqual([["quick", "delivered", true], ["slow", "delivered", false]]);
    const event = told.find(({ path }) => path === "/slow")!.headers["webhook-id"]!;
    expect((await confirm(event, ["decide"])).status).toBe(403);
    expect((await confirm(randomUUID(), ["remember"])).status).toBe(404);
    const [first, again] = [await (await confirm(event, ["remember"])).json(), await (await confirm(event, ["remember"])).json()];
    expect(again).toEqual(first);
    expect(await stand()).toEqual([["quick", "delivered", true], ["slow", "confirmed", true]]);
    // Whoever was told of an end stays on record, removed or not.
    for (const { id } of [quick, slow]) await removeWebhook(admin, { requestId: randomUUID(), webhook: id });
    await owner.query("INSERT INTO webhook_event (kind, body, at) VALUES ('policy.published', '{}', now() - interval '31 days')");
    await owner.query("UPDATE webhook_delivery SET delivered_at = now() - interval '31 days'");
    await clearDeliveries();
    expect(await stand()).toHaveLength(2);
    expect((await stored())?.events).toBe(1);
  });
});
