import { once } from "node:events";
import { request, type IncomingMessage, type Server } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiKeyRow, permissionRow, personRow, publishedUse, publishVersion } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { flushDecisions } from "@/lib/data/decision-tally";
import { keyedHash } from "@/lib/data/seal";
import { showDecisionCourse } from "@/lib/usecases/show-decision-course";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { listen } from "@/lib/delivery/gateway/listener";

let db: TestDatabase;
let owner: pg.Client;
let key: string;
let use: string;
let server: Server;
let port: number;
const app = gatewayApp();

beforeAll(async () => {
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["decide"]);
  use = await publishedUse(owner, { key: "post", versions: [{ basis: "consent" }, { basis: "consent" }] });
  for (const [ref, state, version] of [["ann", "granted", 2], ["ben", "refused", 2], ["cas", "withdrawn", 2], ["dee", "granted", 1]] as const) {
    await permissionRow(owner, { person: await personRow(owner, keyedHash("ref", ref)), use, state, version });
  }
  const eva = await personRow(owner, keyedHash("ref", "eva"));
  await permissionRow(owner, { person: eva, use, state: "granted", version: 2, expiresAt: new Date(Date.now() - 1_000) });
  port = await new Promise((ready) => {
    server = listen({ hostname: "127.0.0.1", port: 0 }, ready);
  });
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await Promise.all([owner.end(), closeDatabase()]);
  await db.drop();
});

const send = (body: BodyInit, query = "", type = "text/csv", path = "post") =>
  app.request(`/v1/lists/${path}/cleanse${query}`, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": type }, body });
const text = async (body: BodyInit, query = "", type = "text/csv") => Buffer.from(await (await send(body, query, type)).arrayBuffer()).toString("utf8");

const list = '\ufeffname,person,note\r\n"Ann, the first", ann ,"a\nb"\r\n\r\nBen,ben,\nNobody,zed,x\r\nCas,"cas",y\r\nDee,dee,\r\nEmpty,,\r\nAnn,ann,last';

describe("a list", () => {
  test("comes back without those who do not permit the use, byte for byte and in order", async () => {
    expect(await text(list)).toBe('\ufeffname,person,note\r\n"Ann, the first", ann ,"a\nb"\r\n\r\nAnn,ann,last');
    expect(await text("person\nann\r\n\r\nann")).toBe("person\nann\r\n\r\nann");
  });

  test("or with only those, each with the reason", async () => {
    expect(await text(list, "?keep=suppressed")).toBe(
      '\ufeffname,person,note,reason\r\nBen,ben,,refused\nNobody,zed,x,never-asked\r\nCas,"cas",y,withdrawn\r\nDee,dee,,use-changed\r\nEmpty,,,never-asked\r\n',
    );
    expect(await text("who;person\nx;eva", "?keep=suppressed")).toBe("who;person;reason\nx;eva;expired");
  });

  test("is decided on the version asked for", async () => {
    expect(await text("person\ndee\nann\n", "?version=1")).toBe("person\ndee\n");
    expect(await text("person\ndee\nann\n", "?version=2")).toBe("person\nann\n");
  });

  test("takes NDJSON, and says the count where it is asked to", async () => {
    const lines = '{"person":"ann", "n": 1}\n{"person":"ben"}\r\n\n{ "n": {"a":1}, "person":"zed" }';
    expect(await text(lines, "", "application/x-ndjson")).toBe('{"person":"ann", "n": 1}\n\n');
    expect(await text(lines, "?keep=suppressed", "application/x-ndjson")).toBe('{"person":"ben","reason":"refused"}\r\n{ "n": {"a":1}, "person":"zed" ,"reason":"never-asked"}');
    expect(await text(lines, "?summary=true", "application/x-ndjson")).toBe('{"person":"ann", "n": 1}\n\n{"summary":{"granted":1,"refused":1,"never-asked":1}}\n');
    expect(await text('{"customer":"ann"}\n', "?column=customer", "application/x-ndjson")).toBe('{"customer":"ann"}\n');
  });

  test("knows a publication and an objection at once", async () => {
    const own = await publishedUse(owner, { key: "letters", versions: [{ basis: "legitimate-interests" }] });
    await owner.query("INSERT INTO suppression (hash, kind) VALUES ($1, 'ref')", [keyedHash("suppressed ref", "gone")]);
    const all = async () => (await send("person\nann\ngone\nnew\n", "?keep=suppressed", "text/csv", "letters")).text();
    expect(await all()).toBe("person,reason\ngone,objected\n");
    await publishVersion(owner, own, 2, "consent", []);
    expect(await all()).toBe("person,reason\nann,never-asked\ngone,never-asked\nnew,never-asked\n");
  });

  test("is refused whole where nothing was sent yet, with the place of the fault", async () => {
    const cases = [
      ['person\n"ann\n', "", "text/csv", 422, "line 2"],
      ["name,person\nann\n", "", "text/csv", 422, "line 2"],
      ["", "", "text/csv", 422, "line 1"],
      ["person\nann\n", "?column=ref", "text/csv", 422, "line 1"],
      ['{"person":1}', "", "application/x-ndjson", 422, "line 1"],
      ["person\nann\n", "?keep=all", "text/csv", 422, "keep"],
      ["person\nann\n", "?version=9", "text/csv", 404, "version"],
    ] as const;
    for (const [body, query, type, status, path] of cases) {
      const reply = await send(body, query, type);
      expect([reply.status, body], path).toEqual([status, body]);
      expect(await reply.json()).toMatchObject({ errors: [{ path }] });
    }
    expect((await send("person\nann\n", "", "application/json")).status).toBe(415);
    expect((await send("person\nann\n", "", "text/csv", "no-such-use")).status).toBe(404);
    expect((await app.request("/v1/lists/post/cleanse", { method: "POST", headers: { "content-type": "text/csv" }, body: "person\n" })).status).toBe(401);
    const asking = await apiKeyRow(owner, ["ask"]);
    expect((await app.request("/v1/lists/post/cleanse", { method: "POST", headers: { authorization: `Bearer ${asking}`, "content-type": "text/csv" }, body: "person\n" })).status).toBe(403);
  });
});

/** Sends over a real connection, piece by piece, and reads what comes. */
async function overTheWire(pieces: AsyncIterable<string> | Iterable<string>): Promise<{ reply: IncomingMessage; text: string; error: unknown }> {
  const sending = request({ port, host: "127.0.0.1", method: "POST", path: "/v1/lists/post/cleanse", headers: { authorization: `Bearer ${key}`, "content-type": "text/csv" } });
  const replied = once(sending, "response") as Promise<[IncomingMessage]>;
  sending.on("error", () => undefined);
  const sent = (async () => {
    for await (const piece of pieces) if (!sending.write(piece)) await new Promise<void>((go) => (sending.destroyed ? go() : sending.once("drain", go).once("close", go)));
    sending.end();
  })();
  const [reply] = await replied;
  let got = "";
  let error: unknown = null;
  try {
    for await (const chunk of reply) got += String(chunk);
  } catch (caught) {
    error = caught;
  }
  await sent.catch(() => undefined);
  return { reply, text: got, error };
}

describe("a long list over the wire", () => {
  const many = function* (rows: number, after = "") {
    yield "n,person\n";
    for (let i = 0; i < rows; i += 500) yield Array.from({ length: 500 }, (_, at) => `${i + at},${(i + at) % 2 === 0 ? "ann" : "ben"}\n`).join("");
    yield after;
  };

  test("is longer than the limit of other calls, streams, and ends with the count as a trailer", async () => {
    const { reply, text: got, error } = await overTheWire(many(200_000));
    expect([reply.statusCode, error]).toEqual([200, null]);
    expect(got).toBe(`n,person\n${Array.from({ length: 100_000 }, (_, i) => `${i * 2},ann\n`).join("")}`);
    expect(JSON.parse(reply.trailers["handshake-counts"] ?? "")).toEqual({ granted: 100_000, refused: 100_000 });
  });

  test("that breaks in the middle is cut off, so that nobody takes it for whole", async () => {
    const { reply, error } = await overTheWire(many(200_000, '1,"ann\n'));
    expect(reply.statusCode).toBe(200);
    expect(reply.complete).toBe(false);
    expect(error).toMatchObject({ code: "ECONNRESET" });
  });

  test("every decision is counted, by use, day and reason, and never by row", async () => {
    await flushDecisions();
    await owner.query("DELETE FROM decision_tally");
    await overTheWire(many(2_000));
    await app.request("/v1/decisions", { method: "POST", headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ person: "zed", use: "post", call: "newsletter" }) });
    for (let i = 0; i < 2; i++) {
      const reply = await app.request("/v1/uses", { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json" }, body: JSON.stringify({ use: "post", count: 21 }) });
      expect(reply.status).toBe(204);
    }
    await flushDecisions();
    const { rows } = await owner.query("SELECT reason, call, count::int FROM decision_tally WHERE use_id = $1 AND day = (now() AT TIME ZONE 'UTC')::date ORDER BY reason", [use]);
    expect(rows).toEqual([
      { reason: "granted", call: "", count: 1_000 },
      { reason: "never-asked", call: "newsletter", count: 1 },
      { reason: "refused", call: "", count: 1_000 },
      { reason: "unasked", call: "", count: 42 },
    ]);
    const compliance = { kind: "staff", id: "00000000-0000-4000-8000-000000000000", name: "C", email: "c@example.com", role: "compliance" } as const;
    const { points, reasons } = await showDecisionCourse(compliance, "post");
    expect(points).toHaveLength(30);
    expect(points.at(-1)).toMatchObject({ allowed: 1_000, denied: 1_001, unasked: 42 });
    expect(reasons.at(-1)).toEqual({ reason: "never-asked", count: 1 });
  });
});
