import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeyRow, permissionRow, personRow, publishedUse, publishVersion } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { keyedHash } from "@/lib/data/seal";
import { gatewayApp } from "@/lib/delivery/gateway/app";

let test: TestDatabase;
let owner: pg.Client;
let key: string;
let use: string;
const app = gatewayApp();

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["decide"]);
  use = await publishedUse(owner, { key: "mountain-bike-picks", versions: [{ basis: "consent" }, { basis: "consent" }], carries: [[2, 1]] });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

const send = (body: unknown, headers: Record<string, string> = { authorization: `Bearer ${key}` }) =>
  app.request("/v1/decisions", { method: "POST", headers, body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) });
const decide = async (body: unknown) => (await send(body)).json() as Promise<Record<string, unknown>>;

async function somebody(ref: string, state?: string, version = 1, expiresAt?: Date): Promise<string> {
  const id = await personRow(owner, keyedHash("ref", ref));
  if (state) await permissionRow(owner, { person: id, use, state, version, ...(expiresAt ? { expiresAt } : {}) });
  return id;
}

describe("POST /v1/decisions", () => {
  it("says never-asked for a person nobody has met, and for one who never answered", async () => {
    await somebody("silent");
    expect(await decide({ person: "stranger", use: "mountain-bike-picks" })).toEqual({ allowed: false, reason: "never-asked", use: "mountain-bike-picks", version: 2 });
    expect(await decide({ person: "silent", use: "mountain-bike-picks" })).toMatchObject({ allowed: false, reason: "never-asked" });
  });

  it("holds the old scope and denies the widened one until the person answers again", async () => {
    const id = await somebody("ann", "granted", 1);
    expect(await decide({ person: "ann", use: "mountain-bike-picks" })).toMatchObject({ allowed: false, reason: "use-changed", version: 2, answeredVersion: 1 });
    expect(await decide({ person: "ann", use: "mountain-bike-picks", version: 2 })).toMatchObject({ allowed: false, reason: "use-changed" });
    expect(await decide({ person: "ann", use: "mountain-bike-picks", version: 1 })).toMatchObject({ allowed: true, reason: "granted", version: 1 });
    await permissionRow(owner, { person: id, use, state: "refused", version: 2 });
    for (const version of [1, 2]) expect(await decide({ person: "ann", use: "mountain-bike-picks", version })).toMatchObject({ allowed: false, reason: "refused" });
  });

  it("keeps refused, withdrawn and expired apart, and lets a newer grant cover what it includes", async () => {
    await somebody("ben", "refused", 2);
    await somebody("cas", "withdrawn", 2);
    await somebody("dee", "granted", 2, new Date(Date.now() - 1000));
    await somebody("eva", "granted", 2);
    const ask = (person: string, version: number) => ({ person, use: "mountain-bike-picks", version });
    const { decisions } = (await decide({ decisions: [ask("ben", 2), ask("cas", 2), ask("dee", 2), ask("eva", 2), ask("eva", 1)] })) as { decisions: { reason: string }[] };
    expect(decisions.map((one) => one.reason)).toEqual(["refused", "withdrawn", "expired", "granted", "granted"]);
  });

  it("lets nobody go round a no by asking for a version from before there was a choice", async () => {
    const own = await publishedUse(owner, { key: "window-seat", versions: [{ basis: "contract" }, { basis: "consent" }] });
    const id = await personRow(owner, keyedHash("ref", "gil"));
    expect(await decide({ person: "gil", use: "window-seat", version: 1 })).toMatchObject({ allowed: true, reason: "not-required" });
    await permissionRow(owner, { person: id, use: own, state: "refused", version: 2 });
    for (const version of [1, 2]) expect(await decide({ person: "gil", use: "window-seat", version })).toMatchObject({ allowed: false, reason: "refused" });
  });

  it("knows a publication at the very next decision", async () => {
    const own = await publishedUse(owner, { key: "delivery-address", versions: [{ basis: "consent" }] });
    const id = await personRow(owner, keyedHash("ref", "fay"));
    await permissionRow(owner, { person: id, use: own, state: "granted", version: 1 });
    expect(await decide({ person: "fay", use: "delivery-address" })).toMatchObject({ allowed: true, version: 1 });
    await publishVersion(owner, own, 2, "consent", []);
    expect(await decide({ person: "fay", use: "delivery-address" })).toMatchObject({ allowed: false, reason: "use-changed", version: 2 });
  });

  it("answers a thousand at once in the order asked, and many single ones at once each with its own", async () => {
    const people = Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? "ben" : i % 3 === 1 ? "eva" : `nobody ${i}`));
    const reasons = people.map((person) => ({ ben: "refused", eva: "granted" })[person] ?? "never-asked");
    const { decisions } = (await decide({ decisions: people.map((person) => ({ person, use: "mountain-bike-picks" })) })) as { decisions: { reason: string }[] };
    expect(decisions.map((one) => one.reason)).toEqual(reasons);
    const single = await Promise.all(people.slice(0, 300).map((person) => decide({ person, use: "mountain-bike-picks" })));
    expect(single.map((one) => one["reason"])).toEqual(reasons.slice(0, 300));
  });

  it("is 404 for an unknown use or version, with the place of the fault", async () => {
    const unknown = await send({ person: "ann", use: "no-such-use" });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get("content-type")).toMatch("application/problem+json");
    expect(await unknown.json()).toMatchObject({ code: "not-found", status: 404, errors: [{ path: "use" }] });
    const many = await send({ decisions: [{ person: "ann", use: "mountain-bike-picks" }, { person: "ann", use: "mountain-bike-picks", version: 9 }] });
    expect(await many.json()).toMatchObject({ status: 404, errors: [{ path: "decisions[1].version" }] });
  });

  it("is 422 with the path of each fault for the wrong shape", async () => {
    const cases: readonly (readonly [unknown, string])[] = [
      ["not json", ""],
      ["null", ""],
      ["[]", ""],
      [{}, "person"],
      [{ person: "ann", use: "Bad Key" }, "use"],
      [{ person: "ann", use: "mountain-bike-picks", version: 0 }, "version"],
      [{ person: "ann", use: "mountain-bike-picks", version: 1.5 }, "version"],
      [{ person: "ann", use: "mountain-bike-picks", extra: true }, ""],
      [{ person: { $ne: null }, use: "mountain-bike-picks" }, "person"],
      ['{"person":"\\ud800","use":"mountain-bike-picks"}', "person"],
      ['{"person":"a\\u0000b","use":"mountain-bike-picks"}', "person"],
      [{ person: "x".repeat(201), use: "mountain-bike-picks" }, "person"],
      [{ decisions: [] }, "decisions"],
      [{ decisions: Array.from({ length: 1_001 }, () => ({ person: "ann", use: "mountain-bike-picks" })) }, "decisions"],
      [{ decisions: [{ person: "ann", use: "mountain-bike-picks" }, { person: "ann" }] }, "decisions[1].use"],
      [Uint8Array.of(0x7b, 0xff, 0x7d), ""],
    ];
    for (const [body, path] of cases) {
      const reply = await send(body);
      expect(reply.status, JSON.stringify(body).slice(0, 200)).toBe(422);
      const { errors } = (await reply.json()) as { errors: { path: string }[] };
      expect(errors.map((error) => error.path)).toContain(path);
    }
  });

  it("is 413 beyond a mebibyte, 401 without a valid key, 403 without the scope, and a revoked key stops at once", async () => {
    expect((await send("x".repeat(1_048_577))).status).toBe(413);
    expect((await send({ person: "ann", use: "mountain-bike-picks" }, {})).status).toBe(401);
    expect((await send({ person: "ann", use: "mountain-bike-picks" }, { authorization: "Bearer hs_wrong_key_here" })).status).toBe(401);
    for (const body of ["not json", "{}", '{"decisions":[]}', '{"decisions":[{"person":"ann","use":"mountain-bike-picks"}]}']) {
      expect((await send(body, { authorization: "Bearer hs_wrong_key_here" })).status, body).toBe(401);
      expect((await send(body, { authorization: "Basic YTpi" })).status, body).toBe(401);
    }
    const asking = await apiKeyRow(owner, ["ask"]);
    expect((await send({ decisions: [{ person: "ann", use: "mountain-bike-picks" }] }, { authorization: `Bearer ${asking}` })).status).toBe(403);
    expect((await send({ person: "ann", use: "no-such-use" }, { authorization: `Bearer ${asking}` })).status, "no scope, no knowledge").toBe(403);
    expect((await send({ person: "ann", use: "mountain-bike-picks" }, { authorization: `Bearer ${asking}` })).status).toBe(403);
    const doomed = await apiKeyRow(owner, ["decide"]);
    const bearer = { authorization: `Bearer ${doomed}` };
    expect((await send({ person: "ann", use: "mountain-bike-picks" }, bearer)).status).toBe(200);
    await owner.query("UPDATE api_key SET revoked_at = now() WHERE prefix = $1 AND revoked_at IS NULL AND digest = sha256(convert_to($2, 'UTF8'))", [doomed.slice(0, 8), doomed]);
    expect((await send({ person: "ann", use: "mountain-bike-picks" }, bearer)).status).toBe(401);
  });

  it("is a plain 404 for a call that does not exist", async () => {
    expect((await app.request("/v1/nothing")).status).toBe(404);
  });
});

describe("POST /v1/links", () => {
  const mint = async (body: unknown, scopes: readonly string[]) =>
    app.request("/v1/links", { method: "POST", headers: { authorization: `Bearer ${await apiKeyRow(owner, scopes)}` }, body: JSON.stringify(body) });

  it("hands the host a one-time link for a person, met or not, of which only the digest is kept", async () => {
    const reply = await mint({ person: "gil" }, ["ask"]);
    expect(reply.status).toBe(201);
    const { link, expiresAt, ...rest } = (await reply.json()) as { link: string; expiresAt: string };
    expect(rest).toEqual({});
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const token = /\/me\/open\/([\w-]{43})$/.exec(link)?.[1] ?? "";
    const { rows } = await owner.query("SELECT channel FROM person_link WHERE digest = sha256(convert_to($1, 'UTF8'))", [token]);
    expect(rows).toEqual([{ channel: "host" }]);
    expect((await mint({ person: "gil" }, ["ask"])).status).toBe(201);
    const { rows: people } = await owner.query("SELECT count(*)::int AS count FROM person WHERE ref_hash = $1", [keyedHash("ref", "gil")]);
    expect(people).toEqual([{ count: 1 }]);
  });

  it("is 403 without the scope and 422 for the wrong shape", async () => {
    expect((await mint({ person: "gil" }, ["decide"])).status).toBe(403);
    expect((await mint({ person: "" }, ["ask"])).status).toBe(422);
    expect((await mint({ person: "gil", until: "2099" }, ["ask"])).status).toBe(422);
  });
});

describe("GET /v1/health", () => {
  it("answers with the database's time", async () => {
    const reply = await app.request("/v1/health");
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ status: "ok" });
  });
});
