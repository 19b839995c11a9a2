import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import type { StaffActor } from "@/lib/domain/actor";
import { createApiKey } from "@/lib/usecases/create-api-key";
import { identifyProgram } from "@/lib/usecases/identify-program";
import { listApiKeys } from "@/lib/usecases/list-api-keys";
import { revokeApiKey } from "@/lib/usecases/revoke-api-key";
import { addStaff, entriesOf } from "./staff.fixture";

let db: TestDatabase;
let admin: StaffActor;
beforeAll(async () => {
  db = await openTestDatabase();
  admin = await addStaff("admin");
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

const make = (requestId: string = randomUUID()) => createApiKey(admin, { requestId, name: "Web shop", kind: "server", scopes: ["decide"], origins: [] });

test("a key is shown once, and only its digest is kept", async () => {
  const { key, prefix } = await make();
  expect(key).toMatch(/^hs_[\w-]{43}$/u);
  expect(key?.startsWith(prefix)).toBe(true);
  const row = await database().apiKey.findUniqueOrThrow({ where: { digest: sha256(Buffer.from(key ?? "", "utf8")) } });
  expect(JSON.stringify(row)).not.toContain(key);
  expect(JSON.stringify([await listApiKeys(admin), await entriesOf("key-created")])).not.toContain(key);
});

test("the same form sent twenty times at once makes one key, shown to one of them", async () => {
  const before = await database().apiKey.count();
  const requestId = randomUUID();
  const made = await Promise.all(Array.from({ length: 20 }, () => make(requestId)));
  expect(made.filter((one) => one.key !== null)).toHaveLength(1);
  expect(new Set(made.map((one) => one.prefix)).size).toBe(1);
  expect(await database().apiKey.count()).toBe(before + 1);
});

test("the same request for another key, or to do something else, is a conflict", async () => {
  const requestId = randomUUID();
  await make(requestId);
  const before = await database().apiKey.count();
  const asked = { requestId, name: "Web shop", kind: "server" as const, scopes: ["decide" as const], origins: [] };
  for (const other of [{ ...asked, name: "Till" }, { ...asked, scopes: ["ask" as const, "decide" as const] }]) {
    await expect(createApiKey(admin, other)).rejects.toMatchObject({ code: "idempotency-conflict" });
  }
  await expect(revokeApiKey(admin, { requestId, key: randomUUID() })).rejects.toMatchObject({ code: "idempotency-conflict" });
  expect(await database().apiKey.count()).toBe(before);
});

test("a key opens what it was made for, until it is revoked", async () => {
  const { key, prefix } = await make();
  expect((await identifyProgram(key ?? ""))?.actor()).toMatchObject({ scopes: ["decide"], person: null });
  const { keys } = await listApiKeys(admin);
  const id = keys.find((one) => one.prefix === prefix)?.id ?? "";
  await revokeApiKey(admin, { requestId: randomUUID(), key: id });
  expect(await identifyProgram(key ?? "")).toBeNull();
  await expect(revokeApiKey(admin, { requestId: randomUUID(), key: id })).rejects.toMatchObject({ code: "nothing-changed" });
  expect((await entriesOf("key-revoked")).filter((entry) => entry.key === id)).toHaveLength(1);
});

test("keys are the admin's", async () => {
  const officer = await addStaff("officer");
  await expect(listApiKeys(officer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(createApiKey(officer, { requestId: randomUUID(), name: "x", kind: "server", scopes: ["ask"], origins: [] })).rejects.toMatchObject({ code: "forbidden" });
});
