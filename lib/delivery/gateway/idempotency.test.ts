import { randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { call } from "@/lib/contract/call";
import { closeDatabase } from "@/lib/data/client";
import { claimRequest, keptRequest } from "@/lib/data/kept-replies";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { Refusal } from "@/lib/domain/refusal";
import { tidyUp } from "@/lib/usecases/tidy-up";

let test: TestDatabase;
let owner: pg.Client;
let key: string;
let done = 0;
let refuses = false;
const app = gatewayApp();

/** A write that counts how often it was done. */
const countCall = call({
  name: "count", method: "post", path: "/v1/test-count", scope: "ask", summary: "", description: "",
  body: z.strictObject({ person: z.string(), note: z.string().optional() }),
  reply: { status: 201, body: z.strictObject({ done: z.int(), id: z.string() }), description: "" },
  refusals: [],
});

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["ask"]);
  serveCall(app, countCall, async () => {
    if (refuses) throw new Refusal("nothing-changed", "Not now.");
    done++;
    // Long enough that all of a crowd arrive while the first is at it.
    await owner.query("SELECT pg_sleep(0.05)");
    return { done, id: randomUUID() };
  });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

const send = (name: string, body: unknown = { person: "ann" }, bearer = key, path = "/v1/test-count") =>
  app.request(path, { method: "POST", headers: { authorization: `Bearer ${bearer}`, "idempotency-key": name, "content-type": "application/json" }, body: JSON.stringify(body) });

describe("an Idempotency-Key", () => {
  it("gives the first reply again, byte for byte, and does it once", async () => {
    const [before, name] = [done, randomUUID()];
    const first = await send(name);
    const again = await send(name);
    expect([again.status, again.headers.get("content-type"), await again.text()]).toEqual([first.status, first.headers.get("content-type"), await first.text()]);
    expect(first.status).toBe(201);
    expect(done).toBe(before + 1);
    expect((await send(randomUUID())).status).toBe(201);
    expect(done).toBe(before + 2);
  });

  it("of twenty who ask at once lets one do it, and tells all the same", async () => {
    const [before, name] = [done, randomUUID()];
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(name)));
    const texts = await Promise.all(replies.map((reply) => reply.text()));
    expect(new Set(texts).size).toBe(1);
    expect(replies.every(({ status }) => status === 201)).toBe(true);
    expect(done).toBe(before + 1);
  });

  it("is a conflict with another body, another call, and nobody else's", async () => {
    const [before, name] = [done, randomUUID()];
    await send(name);
    for (const other of [await send(name, { person: "ben" }), await send(name, { person: "ann" }, key, "/v1/links")]) {
      expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, "idempotency-conflict"]);
    }
    const another = await apiKeyRow(owner, ["ask"]);
    expect((await send(name, { person: "ben" }, another)).status).toBe(201);
    expect(done).toBe(before + 2);
  });

  it("keeps nothing of what was refused: the same key may try again", async () => {
    const [before, name] = [done, randomUUID()];
    refuses = true;
    expect((await send(name)).status).toBe(409);
    refuses = false;
    const started = performance.now();
    expect((await send(name)).status).toBe(201);
    expect(performance.now() - started, "nobody holds it any more").toBeLessThan(5_000);
    expect(done).toBe(before + 1);
  });

  it("is not locked out by a process that ended in the middle: the same request takes over, another does not", async () => {
    const { rows } = await owner.query<{ id: string }>("SELECT id::text AS id FROM api_key WHERE digest = sha256(convert_to($1, 'UTF8'))", [key]);
    const [before, name, sent] = [done, randomUUID(), { person: "cas" }];
    const dead = keptRequest(`${rows[0]?.id} ${name}`, JSON.stringify(["count", { params: {}, body: sent }]), randomUUID());
    expect(await claimRequest(dead)).toEqual({ state: "mine" });
    expect(await claimRequest({ ...dead, holder: randomUUID() })).toEqual({ state: "busy" });
    await owner.query("UPDATE kept_reply SET held_until = now() - interval '1 second' WHERE id = $1", [dead.id]);
    expect((await send(name, { person: "dee" })).status).toBe(409);
    const replies = await Promise.all(Array.from({ length: 5 }, () => send(name, sent)));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(done).toBe(before + 1);
  });

  it("is 422 where it is not one, with its place", async () => {
    for (const name of ["", "two words", "x".repeat(201), "ü"]) {
      const reply = await send(name);
      expect(reply.status, name).toBe(422);
      expect(await reply.json()).toMatchObject({ code: "invalid", errors: [{ path: "Idempotency-Key" }] });
    }
    expect(await (await send('"quoted"')).text()).toBe(await (await send("quoted")).text());
  });

  it("and the reply are unreadable in the table, go with whom they are about, and after two days", async () => {
    const name = randomUUID();
    const text = await (await send(name, { person: "eva", note: "likes tandems" })).text();
    const { rows } = await owner.query<{ row: string; mine: boolean }>("SELECT convert_from(convert_to(k::text, 'UTF8'), 'UTF8') AS row FROM kept_reply k");
    for (const { row } of rows) for (const secret of ["tandems", "eva", name, (JSON.parse(text) as { id: string }).id]) expect(row).not.toContain(secret);
    await owner.query("UPDATE kept_reply SET created_at = now() - interval '47 hours'");
    const before = rows.length;
    await tidyUp();
    expect((await owner.query("SELECT 1 FROM kept_reply")).rowCount).toBe(before);
    await owner.query("UPDATE kept_reply SET created_at = now() - interval '49 hours'");
    await tidyUp();
    expect((await owner.query("SELECT 1 FROM kept_reply")).rowCount).toBe(0);
  });
});
