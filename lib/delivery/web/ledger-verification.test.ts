import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { verificationLine } from "@/lib/contract/ledger-verdict";
import { auditPool, closeDatabase } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { ledgerVerification } from "@/lib/delivery/web/ledger-verification";
import { anyone, type StaffActor } from "@/lib/domain/actor";
import { newStaff } from "@/lib/usecases/ask-questions.fixture";

let test: TestDatabase;
let staff: StaffActor;
const many = 20_000;
const staying = new AbortController().signal;

beforeAll(async () => {
  test = await openTestDatabase();
  staff = await newStaff("officer");
  for (let i = 0; i < 4; i++) {
    await writeToLedger<void>({ house: true }, randomUUID(), async ({ append }) => { for (let n = 0; n < many / 4; n++) append({ kind: "person-invited", v: 1, person: randomUUID(), channel: "mail" }); }, async () => undefined);
  }
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});

async function read(body: ReadableStream<Uint8Array>) {
  const text = await new Response(body).text();
  return text.trimEnd().split("\n").map((line) => verificationLine.parse(JSON.parse(line)));
}

describe("a verification as lines", () => {
  it("tells how far it is, and at last what came of it", async () => {
    const lines = await read(await ledgerVerification(staff, staying));
    expect(lines[0]).toEqual({ holds: 0, size: 0 });
    expect(lines.slice(1, -1)).toEqual(Array.from({ length: 10 }, (_, i) => ({ holds: ((i + 1) * many) / 10, size: many })));
    expect(lines.at(-1)).toEqual({ done: { holds: many, size: many, fault: null, outside: { state: "nothing", size: 0 } } });
  });

  it("is refused before its first line", async () => {
    await expect(ledgerVerification(anyone, staying)).rejects.toMatchObject({ code: "signed-out" });
    await expect(ledgerVerification(staff, AbortSignal.abort())).rejects.toThrow();
  });

  it("stops for a reader who leaves, and gives everything back", async () => {
    for (let i = 0; i < 12; i++) {
      const leaving = new AbortController();
      const reader = (await ledgerVerification(staff, leaving.signal)).getReader();
      await reader.read();
      if (i % 2) leaving.abort();
      else await reader.cancel();
    }
    // Behind those that were left, so all of them have stopped when this one is through.
    expect((await read(await ledgerVerification(staff, staying))).at(-1)).toMatchObject({ done: { fault: null } });
    expect(auditPool().idleCount).toBe(auditPool().totalCount);
  });
});
