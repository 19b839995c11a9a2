import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Handshake } from "./client.js";
import { HandshakeRefusal, HandshakeUnreachable } from "./errors.js";

type Seen = { method: string; url: string; key: string | undefined; authorization: string | undefined; gpc?: string; body: string };
type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve).closeAllConnections()))));

/** A gateway that replies as told, one reply a request; the last one goes on. */
async function gateway(...replies: Reply[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const { "idempotency-key": key, "sec-gpc": gpc } = request.headers;
      seen.push({ method: request.method ?? "", url: request.url ?? "", key: typeof key === "string" ? key : undefined, authorization: request.headers.authorization, ...(typeof gpc === "string" ? { gpc } : {}), body: Buffer.concat(pieces).toString("utf8") });
      replies[Math.min(seen.length, replies.length) - 1]?.(response, request);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, address, client: new Handshake({ gateway: address, apiKey: "hs_test", waits: [1], timeout: 500 }) };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => (response) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const hangUp: Reply = (_response, request) => request.socket.destroy();
const silence: Reply = () => undefined;

describe("a call", () => {
  test("goes to the address with the key, and gives back what came", async () => {
    const { client, seen } = await gateway(json(200, { allowed: true, reason: "granted", use: "letters", version: 2 }));
    expect(await client.decide({ person: "ann", use: "letters" })).toMatchObject({ allowed: true, version: 2 });
    expect(seen).toEqual([{ method: "POST", url: "/v1/decisions", key: undefined, authorization: "Bearer hs_test", body: JSON.stringify({ person: "ann", use: "letters" }) }]);
  });

  test("names people and keys so that nothing in them is taken for an address", async () => {
    const { client, seen } = await gateway(json(200, {}), json(200, {}));
    await client.permissions("../../v1/links?x=1#y");
    await client.recall("a/b", "c d");
    expect(seen.map(({ url }) => url)).toEqual([`/v1/people/${encodeURIComponent("../../v1/links?x=1#y")}/permissions`, "/v1/people/a%2Fb/memory/c%20d"]);
  });

  test("is tried again with the same key where nobody answers, somebody on the way is gone, or patience is asked for", async () => {
    const receipts = { receipts: [] };
    const { client, seen } = await gateway(hangUp, json(503, {}), json(429, {}, { "retry-after": "0" }), json(201, receipts));
    expect(await client.withdraw("ann", "letters")).toEqual(receipts);
    expect(seen).toHaveLength(4);
    expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(seen.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  });

  test("keeps a key of the host's own", async () => {
    const { client, seen } = await gateway(json(201, { receipts: [] }));
    await client.answer({ person: "ann", answers: [] }, { idempotencyKey: "order-7" });
    expect(seen[0]?.key).toBe("order-7");
  });

  test("passes on what the person's browser said, as it was said, with every try, and says nothing for it", async () => {
    const { client, seen } = await gateway(hangUp, json(200, { questions: [] }), json(201, { receipts: [] }));
    await client.ask({ person: "ann" }, { secGpc: "1" });
    await client.answer({ person: "ann", answers: [] }, { secGpc: ["0", "1"], idempotencyKey: "k-1" });
    await client.withdraw("ann", "letters", { secGpc: "1" });
    for (const secGpc of [null, undefined]) await client.ask({ person: "ann" }, { secGpc });
    await client.decide({ person: "ann", use: "letters" });
    expect(seen.map(({ gpc }) => gpc)).toEqual(["1", "1", "0,1", "1", undefined, undefined, undefined]);
    expect(seen[2]?.key).toBe("k-1");
  });

  test("gives up in the end, and says by which key what was begun can be asked for again", async () => {
    for (const reply of [hangUp, silence]) {
      const { client, seen } = await gateway(reply);
      const error = await client.withdraw("ann", "letters", { idempotencyKey: "k-1" }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(HandshakeUnreachable);
      expect(error).toMatchObject({ idempotencyKey: "k-1" });
      expect(seen).toHaveLength(4);
    }
  });

  test("is never sent where a redirect points, with the key in its hands", async () => {
    const elsewhere = await gateway(json(200, {}));
    const { client } = await gateway((response) => response.writeHead(307, { location: `${elsewhere.address}/v1/decisions` }).end());
    await expect(client.decide({ person: "ann", use: "letters" })).rejects.toThrow(HandshakeUnreachable);
    expect(elsewhere.seen).toEqual([]);
  });
});

describe("a no", () => {
  test("is not tried again, and says its code, its faults and all that came with it", async () => {
    const question = { token: "t" };
    const { client, seen } = await gateway(json(403, { code: "permission-required", detail: "Ask first.", errors: [{ path: "use", message: "Not permitted." }, "odd"], question }, { "x-request-id": "r-1" }));
    const error = await client.remember("ann", "bike", { value: 1, category: "c", use: "letters", source: "told" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HandshakeRefusal);
    expect(error).toMatchObject({ status: 403, code: "permission-required", message: "Ask first.", requestId: "r-1", faults: [{ path: "use", message: "Not permitted." }], problem: { question } });
    expect(seen).toHaveLength(1);
  });

  test("that is no problem of the gateway's is still one", async () => {
    for (const body of ["<html>Bad request</html>", "null", "[]"]) {
      const { client } = await gateway((response) => response.writeHead(400, { "content-type": "text/html" }).end(body));
      await expect(client.due("ann")).rejects.toMatchObject({ status: 400, code: "unforeseen", faults: [] });
    }
  });
});

describe("a list", () => {
  async function* rows(count: number) {
    for (let n = 0; n < count; n++) yield `p${n}\n`;
  }
  const collected = async (stream: AsyncIterable<Uint8Array>) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  };

  test("goes out and comes back as it is", async () => {
    const { client, seen } = await gateway((response) => response.writeHead(200, { "content-type": "text/csv" }).end("ref\r\np1\r\n"));
    expect(await collected(client.cleanse(rows(3), { type: "csv", use: "letters", keep: "suppressed" }))).toBe("ref\r\np1\r\n");
    expect(seen[0]).toMatchObject({ url: "/v1/lists/letters/cleanse?keep=suppressed", body: "p0\np1\np2\n" });
  });

  test("that breaks off throws: half of it is never taken for all", async () => {
    const { client } = await gateway((response) => {
      response.writeHead(200, { "content-type": "text/csv", "content-length": "100" }).write("ref\n", () => response.destroy());
    });
    await expect(collected(client.cleanse(rows(3), { type: "csv", use: "letters" }))).rejects.toThrow(HandshakeUnreachable);
  });
});
