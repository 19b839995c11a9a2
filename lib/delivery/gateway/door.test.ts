import { connect } from "node:net";
import type { Server } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { listen } from "@/lib/delivery/gateway/listener";

let test: TestDatabase;
let owner: pg.Client;
let key: string;
let server: Server;
let port: number;
const app = gatewayApp();

beforeAll(async () => {
  process.env["HANDSHAKE_CALLS_PER_SECOND"] = "6";
  process.env["HANDSHAKE_SLOWEST_BODY_SECONDS"] = "1";
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["ask", "decide"]);
  port = await new Promise<number>((ready) => void (server = listen({ hostname: "127.0.0.1", port: 0 }, ready)));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

/** Each caller anew, so that nobody is stopped for what another test did. */
const fresh = () => apiKeyRow(owner, ["ask", "decide"]);
const problem = async (reply: Response) => {
  expect(reply.headers.get("content-type")).toMatch("application/problem+json");
  expect(reply.headers.get("x-request-id")).toBeTruthy();
  const { status, code, requestId } = (await reply.json()) as { status: number; code: string; requestId: string };
  expect([status, requestId]).toEqual([reply.status, reply.headers.get("x-request-id")]);
  return [status, code];
};
const at = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}, bearer = key) => app.request(path, { ...init, headers: { authorization: `Bearer ${bearer}`, ...init.headers } });

describe("every odd request is told what is wrong with it", () => {
  it("405 with Allow where the path is known, 404 where it is not", async () => {
    const bearer = await fresh();
    const wrong = await at("/v1/decisions", { method: "DELETE" }, bearer);
    expect(wrong.headers.get("allow")).toBe("POST, OPTIONS");
    expect(await problem(wrong)).toEqual([405, "method-not-allowed"]);
    expect((await at("/v1/health", { method: "POST" }, bearer)).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect(await problem(await at("/v1/nothing", {}, bearer))).toEqual([404, "not-found"]);
    expect(await problem(await at("/v1/nothing", { method: "OPTIONS" }, bearer))).toEqual([404, "not-found"]);
    const head = await at("/v1/health", { method: "HEAD" }, bearer);
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("400 for percent signs that stand for nothing, 414 for addresses without end", async () => {
    const bearer = await fresh();
    for (const path of ["/v1/people/%zz/permissions", "/v1/people/%ff", "/v1/health?x=%", "/v1/%c3%28"]) expect(await problem(await at(path, {}, bearer)), path).toEqual([400, "malformed"]);
    expect(await problem(await at(`/v1/people/${"x".repeat(4_097)}`, {}, bearer))).toEqual([414, "address-too-long"]);
  });

  it("415 for what says that it is no JSON", async () => {
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv", "application/xml", "application/json; charset=utf-16", "application/jsonp"]) {
      expect(await problem(await at("/v1/decisions", { method: "POST", headers: { "content-type": type }, body: "{}" }, await fresh())), type).toEqual([415, "unsupported-type"]);
    }
    for (const type of ["application/json", "application/json; charset=UTF-8", "application/ld+json", "text/plain"]) {
      expect((await at("/v1/decisions", { method: "POST", headers: { "content-type": type }, body: "{}" }, await fresh())).status, type).toBe(422);
    }
  });

  it("keeps the caller's own request id where a log can hold it", async () => {
    const bearer = await fresh();
    const idOf = async (sent: string) => (await at("/v1/health", { headers: { "x-request-id": sent } }, bearer)).headers.get("x-request-id");
    expect(await idOf("shop/42;a=b")).toBe("shop/42;a=b");
    for (const odd of ["x".repeat(101), "two words", ""]) expect(await idOf(odd)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("429 with Retry-After, for this key and not for another", async () => {
    const [busy, calm] = [await fresh(), await fresh()];
    const replies = await Promise.all(Array.from({ length: 80 }, () => at("/v1/decisions", { method: "POST", body: "{}" }, busy)));
    const stopped = replies.filter(({ status }) => status === 429);
    expect(stopped).toHaveLength(20);
    expect(Number(stopped[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problem(stopped[0]!)).toEqual([429, "too-many-calls"]);
    expect((await at("/v1/decisions", { method: "POST", body: "{}" }, calm)).status).toBe(422);
  });

  it("429 for who sends what can be no key, however often it changes", async () => {
    const tries = await Promise.all(Array.from({ length: 80 }, (_, i) => at("/v1/decisions", { method: "POST", body: "{}" }, `${"x".repeat(300)}${i}`)));
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20);
  });
});

/** What comes back for these bytes, until the other side closes. */
function raw(...parts: readonly string[]): Promise<{ text: string; milliseconds: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect(port, "127.0.0.1", () => parts.forEach((part) => socket.write(part)));
    let text = "";
    socket.on("data", (data) => (text += data.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve({ text, milliseconds: performance.now() - started }));
  });
}
const head = (...lines: readonly string[]) => `${["POST /v1/decisions HTTP/1.1", "host: x", `authorization: Bearer ${key}`, "content-type: application/json", ...lines].join("\r\n")}\r\n\r\n`;

describe("on the wire", () => {
  it("a body that does not come is cut, and told so", async () => {
    for (const begun of [head("content-length: 100") + '{"person":', `${head("transfer-encoding: chunked")}5\r\n{"per\r\n`]) {
      const { text, milliseconds } = await raw(begun);
      expect(text).toMatch(/^HTTP\/1.1 408 /);
      expect(text).toContain("application/problem+json");
      expect(text).toContain('"code":"too-slow"');
      expect(milliseconds).toBeGreaterThan(900);
      expect(milliseconds).toBeLessThan(8_000);
    }
  });

  it("a body over the limit is refused, whether it says so or not", async () => {
    const announced = await raw(head("content-length: 1048577", "connection: close"));
    expect(announced.text).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const streamed = await raw(head("transfer-encoding: chunked", "connection: close"), ...Array<string>(17).fill(chunk));
    expect(streamed.text).toMatch(/^HTTP\/1.1 413 /);
    expect(streamed.text).toContain('"code":"too-large"');
  });

  it("what is no HTTP is told so as a problem too", async () => {
    for (const [sent, status, code] of [
      ["nonsense\r\n\r\n", 400, "malformed"],
      [`GET /v1/health HTTP/1.1\r\nhost: x\r\nx-long: ${"x".repeat(20_000)}\r\n\r\n`, 431, "too-large"],
      ["GET /v1/health HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n", 400, "malformed"],
      ["GET /v1/health HTTP/1.1\r\nconnection: close\r\n\r\n", 400, "malformed"],
      ["POST /v1/decisions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400, "malformed"],
    ] as const) {
      const { text } = await raw(sent);
      expect(text, sent.slice(0, 60)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(text).toContain("application/problem+json");
      expect(text).toContain(`"code":"${code}"`);
    }
  });

  it("who goes away in the middle of a body disturbs nobody", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(`${head("content-length: 100")}{`, () => socket.destroy()));
      socket.on("close", () => resolve());
    });
    const reply = await fetch(`http://127.0.0.1:${port}/v1/health`);
    expect(reply.status).toBe(200);
  });
});
