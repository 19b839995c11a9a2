import fc from "fast-check";
import pg from "pg";
import { z } from "zod";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { refusalsOf } from "@/lib/contract/call-refusals";
import { calls } from "@/lib/contract/calls";
import { closeDatabase } from "@/lib/data/client";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { oddRequests, type Odd } from "@/lib/delivery/gateway/fuzz.fixture";
import { house } from "@/lib/domain/actor";
import { refusalCodes } from "@/lib/domain/refusal";
import { addPerson } from "@/lib/usecases/add-person";
import { askableUse } from "@/lib/usecases/ask-questions.fixture";

/** 100,000 in the long form: `HANDSHAKE_FUZZ=100000 npx vitest run --project database lib/delivery/gateway/fuzz.test.ts`. */
const requests = Number(process.env["HANDSHAKE_FUZZ"] ?? 2_000);
const refs = ["customer-4711", "customer/4712 ü"];
const uses: string[] = [];
const known = new Map([["person", refs], ["ref", refs], ["use", uses], ["index", ["0", "1"]], ["size", ["1", "2"]], ["from", ["1", "2"]], ["to", ["2", "3"]], ["locale", ["en"]]]);

let test: TestDatabase;
let owner: pg.Client;
let key: string;
const app = gatewayApp();
const seen = new Map<string, number>();

beforeAll(async () => {
  process.env["HANDSHAKE_CALLS_PER_SECOND"] = "100000000";
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["ask", "decide", "remember", "audit"]);
  uses.push(await askableUse());
  await addPerson(house, { ref: refs[0], email: undefined, name: undefined, locale: "en" });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

const problem = z.looseObject({ code: z.enum([...refusalCodes]), status: z.int(), detail: z.string().min(1), requestId: z.string().min(1), errors: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).min(1).optional() });

async function check(call: (typeof calls)[number], { path, headers, body }: Odd): Promise<void> {
  const all = new Headers([["authorization", `Bearer ${key}`], ...headers.map(([name, value]): [string, string] => [name, value])]);
  const reply = await app.request(path, { method: call.method.toUpperCase(), headers: all, body: body as BodyInit | null });
  // A list that turns bad in the middle is cut off, so that half of one is never taken for a whole one.
  const text = await reply.text().catch((error: unknown) => {
    if (call.streams && reply.status === 200) return "";
    throw error;
  });
  const what = `${call.method} ${path} → ${reply.status} ${text.slice(0, 300)}`;
  seen.set(`${call.name} ${reply.status}`, (seen.get(`${call.name} ${reply.status}`) ?? 0) + 1);
  expect(reply.status, what).toBeLessThan(500);
  expect(reply.headers.get("x-request-id"), what).toBeTruthy();
  if (reply.status < 400) {
    if (call.reply.status !== 204 && call.reply.type === undefined && reply.status === call.reply.status) expect(call.reply.body.safeParse(JSON.parse(text)).error, what).toBeUndefined();
    return;
  }
  expect(reply.headers.get("content-type"), what).toMatch("application/problem+json");
  const told = problem.safeParse(JSON.parse(text));
  expect(told.error, what).toBeUndefined();
  expect(told.data?.status, what).toBe(reply.status);
  if (told.data?.code === "invalid") expect(told.data.errors, what).toBeDefined();
  // A path that leads elsewhere (`..`, an empty part) is another call's, or nobody's.
  const elsewhere = ["not-found", "method-not-allowed"];
  expect([...refusalsOf(call), ...elsewhere], what).toContain(told.data?.code);
}

it(
  `nothing that is sent makes the gateway stumble (${requests} requests over ${calls.length} calls)`,
  { timeout: 60_000 + requests * 20 },
  async () => {
    const each = Math.ceil(requests / calls.length);
    for (const call of calls) {
      await fc.assert(
        fc.asyncProperty(oddRequests(call, known), async (odd) => {
          await check(call, odd);
        }),
        { numRuns: each, verbose: 0 },
      );
      // What a deletion took away is there again for the next.
      await addPerson(house, { ref: refs[0], email: undefined, name: undefined, locale: "en" }).catch(() => undefined);
    }
    // It reached the rooms behind the door, and was turned away at it.
    const done = calls.filter(({ name, reply }) => seen.has(`${name} ${reply.status}`));
    expect(done.length, [...seen].join("; ")).toBeGreaterThan(calls.length / 2);
    for (const call of calls.filter((one) => one.body)) expect(seen.has(`${call.name} 422`), call.name).toBe(true);
  },
);
