import { randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeyRow, browserKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { call } from "@/lib/contract/call";
import { calls } from "@/lib/contract/calls";
import { closeDatabase } from "@/lib/data/client";
import { readPersonToken, signPersonToken } from "@/lib/data/person-token";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { personOfCall } from "@/lib/usecases/person-of-call";

const shop = "https://shop.example.com";
let test: TestDatabase;
let owner: pg.Client;
let server: string;
let browser: string;
const app = gatewayApp();

/** A call such as those that ask and answer: it says for whom it would be done. */
const whoCall = call({
  name: "who", method: "post", path: "/v1/test-who", scope: "ask", browser: true, summary: "", description: "",
  body: z.strictObject({ person: z.string().optional() }),
  reply: { status: 200, body: z.strictObject({ person: z.string() }), description: "" },
  refusals: [],
});

beforeAll(async () => {
  process.env["HANDSHAKE_BROWSER_CALLS_PER_MINUTE"] = "40";
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  server = await apiKeyRow(owner, ["ask", "decide", "remember", "audit"]);
  browser = await browserKeyRow(owner, [shop]);
  serveCall(app, whoCall, async ({ actor, body }) => {
    authoriseProgram(actor, "ask", "browsers-too");
    return { person: await personOfCall(actor, body.person) };
  });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

const post = (path: string, key: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
const tokenFor = async (person: string, minutes?: number) =>
  (await (await post("/v1/person-tokens", server, { person, ...(minutes ? { minutes } : {}) })).json()) as { token: string; expiresAt: string };
const who = (token: string | null, body: unknown = {}, headers: Record<string, string> = { origin: shop }) =>
  post("/v1/test-who", browser, body, { ...headers, ...(token === null ? {} : { "handshake-person": token }) });
const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as { code: string }).code];

describe("a person's token", () => {
  it("lets a page speak for this person, and for nobody else", async () => {
    const { token, expiresAt } = await tokenFor("ann");
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    const { person } = (await (await post("/v1/test-who", server, { person: "ann" })).json()) as { person: string };
    await post("/v1/test-who", server, { person: "ben" });
    expect(await (await who(token)).json()).toEqual({ person });
    expect(await (await who(token, { person: "ann" })).json()).toEqual({ person });
    expect(await codeOf(await who(token, { person: "ben" }))).toEqual([403, "forbidden"]);
    expect(await codeOf(await who(token, { person: "nobody yet" }))).toEqual([403, "forbidden"]);
  });

  it("keeps what one person's page was told from another's that names its request alike", async () => {
    const [ann, ben] = [(await tokenFor("ann")).token, (await tokenFor("ben")).token];
    const headers = { origin: shop, "idempotency-key": "request-1" };
    const [first, second, again] = [await who(ann, {}, headers), await who(ben, {}, headers), await who(ann, {}, headers)];
    expect([first.status, second.status]).toEqual([200, 200]);
    const told = await first.text();
    expect(await second.text()).not.toBe(told);
    expect(await again.text()).toBe(told);
  });

  it("is refused without, bent by any bit, of another house, run out, of a forgotten person, or once its key is revoked", async () => {
    const { token } = await tokenFor("cas");
    expect(await codeOf(await who(null))).toEqual([401, "person-token-invalid"]);
    for (let at = 0; at < token.length; at++) {
      const bent = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      expect(readPersonToken(bent), String(at)).toBeNull();
    }
    expect(await codeOf(await who(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`))).toEqual([401, "person-token-invalid"]);
    const said = readPersonToken(token)!;
    expect(await codeOf(await who(signPersonToken({ ...said, exp: Math.floor(Date.now() / 1000) - 1 })))).toEqual([401, "person-token-expired"]);
    expect(await codeOf(await who(signPersonToken({ ...said, person: randomUUID() })))).toEqual([401, "person-token-invalid"]);
    const minter = await apiKeyRow(owner, ["ask"]);
    const { token: doomed } = (await (await post("/v1/person-tokens", minter, { person: "cas" })).json()) as { token: string };
    expect((await who(doomed)).status).toBe(200);
    await owner.query("UPDATE api_key SET revoked_at = now() WHERE digest = sha256(convert_to($1, 'UTF8'))", [minter]);
    expect(await codeOf(await who(doomed))).toEqual([401, "person-token-invalid"]);
    await owner.query("UPDATE person SET forgotten_at = now(), ref_hash = NULL, wrapped_key = NULL, sealed = NULL, commitment = NULL WHERE id = $1", [said.person]);
    expect(await codeOf(await who(token))).toEqual([401, "person-token-invalid"]);
  });

  it("lasts from 1 to 60 minutes", async () => {
    for (const minutes of [0, 61, 1.5]) expect((await post("/v1/person-tokens", server, { person: "dee", minutes })).status).toBe(422);
    const { expiresAt } = await tokenFor("dee", 60);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 60_000)).toBe(60);
  });
});

describe("a browser key", () => {
  it("asks and answers, and does nothing else", async () => {
    const speakingFor = async (ref: string) => ({ origin: shop, "handshake-person": (await tokenFor(ref)).token });
    for (const one of calls.filter((each) => !each.browser && each.scope !== null)) {
      const path = one.path.replaceAll(/\{\w+\}/g, "eva");
      // Somebody else each time: one person's browser may only call so often.
      const with_ = await speakingFor(`page of ${one.name}`);
      for (const body of [{}, { person: "eva", use: "bikes" }, { decisions: [{ person: "eva", use: "bikes" }] }]) {
        const reply = await app.request(path, { method: one.method.toUpperCase(), headers: { authorization: `Bearer ${browser}`, ...with_ }, ...(one.body ? { body: JSON.stringify(body) } : {}) });
        expect([one.name, [401, 403].includes(reply.status)]).toEqual([one.name, true]);
      }
    }
    const with_ = await speakingFor("eva");
    for (const [path, body] of [["/v1/decisions", { person: "eva", use: "bikes" }], ["/v1/links", { person: "eva" }], ["/v1/person-tokens", { person: "eva" }]] as const) {
      expect(await codeOf(await post(path, browser, body, with_)), path).toEqual([403, "forbidden"]);
    }
  });

  it("holds on its own pages only, which alone may read the reply", async () => {
    const { token } = await tokenFor("fay");
    const good = await who(token);
    expect([good.status, good.headers.get("access-control-allow-origin"), good.headers.get("vary")]).toEqual([200, shop, "Origin"]);
    for (const origin of ["https://evil.example.com", "https://shop.example.com.evil.com", "http://shop.example.com", "null", "https://SHOP.example.com"]) {
      const reply = await who(token, {}, { origin });
      expect([reply.status, reply.headers.get("access-control-allow-origin")], origin).toEqual([403, null]);
    }
    expect(await codeOf(await who(token, {}, {}))).toEqual([403, "origin-not-allowed"]);
    // The page can read why it was refused, too.
    const refused = await who("hp1.x.y");
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, shop]);
    // A server's key is nothing for a page.
    expect((await post("/v1/test-who", server, { person: "fay" }, { origin: shop })).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("is asked about before by browsers, for the pages and calls that there are", async () => {
    const ask = (path: string, origin: string, method = "POST") => app.request(path, { method: "OPTIONS", headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization,handshake-person" } });
    const browserCalls = calls.filter((one) => one.browser);
    expect(browserCalls.length).toBeGreaterThan(0);
    for (const { path, method } of browserCalls) {
      const yes = await ask(path, shop, method.toUpperCase());
      expect([yes.status, yes.headers.get("access-control-allow-origin"), yes.headers.get("vary")]).toEqual([204, shop, "Origin"]);
      expect(yes.headers.get("access-control-allow-headers")).toContain("handshake-person");
      const no = await ask(path, "https://evil.example.com", method.toUpperCase());
      expect([no.status, no.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    }
    for (const path of ["/v1/decisions", "/v1/links"]) expect((await ask(path, shop)).headers.get("access-control-allow-origin")).toBeNull();
    const plain = await app.request("/v1/decisions", { method: "OPTIONS" });
    expect([plain.status, plain.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
  });

  it("is stopped at so many calls a minute for one person, not for another", async () => {
    const [{ token: busy }, { token: calm }] = [await tokenFor("gil"), await tokenFor("hal")];
    const replies = await Promise.all(Array.from({ length: 60 }, () => who(busy)));
    const stopped = replies.filter(({ status }) => status === 429);
    expect(stopped.length).toBe(20);
    expect(Number(stopped[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(stopped[0]?.headers.get("access-control-allow-origin")).toBe(shop);
    expect(await codeOf(stopped[0]!)).toEqual([429, "too-many-calls"]);
    expect((await who(calm)).status).toBe(200);
  });
});

it("in the database, a browser's key has pages and asks, whatever code may say", async () => {
  const insert = (columns: string, values: string) => owner.query(`INSERT INTO api_key (name, prefix, digest, ${columns}) VALUES ('x', 'x', gen_random_uuid()::text::bytea, ${values})`);
  await expect(insert("kind, scopes", "'browser', '{ask}'")).rejects.toMatchObject({ code: "23514" });
  await expect(insert("kind, scopes, origins", "'browser', '{ask,decide}', '{https://a.example}'")).rejects.toMatchObject({ code: "23514" });
  await expect(insert("kind, scopes, origins", "'server', '{ask}', '{https://a.example}'")).rejects.toMatchObject({ code: "23514" });
});
