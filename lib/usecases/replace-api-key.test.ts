import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { createApiKeyInput, replaceApiKeyInput } from "@/lib/contract/api-key";
import { closeDatabase, database } from "@/lib/data/client";
import { anyone, type StaffActor } from "@/lib/domain/actor";
import { createApiKey } from "@/lib/usecases/create-api-key";
import { decide } from "@/lib/usecases/decide";
import { identifyProgram } from "@/lib/usecases/identify-program";
import { listApiKeys } from "@/lib/usecases/list-api-keys";
import { replaceApiKey } from "@/lib/usecases/replace-api-key";
import { revokeApiKey } from "@/lib/usecases/revoke-api-key";
import { addStaff, entriesOf } from "./staff.fixture";

let db: TestDatabase;
let owner: pg.Client;
let admin: StaffActor;
beforeAll(async () => {
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  admin = await addStaff("admin");
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await db.drop();
});

async function newKey(more: object = {}) {
  const { key, prefix } = await createApiKey(admin, createApiKeyInput.parse({ requestId: randomUUID(), name: "Web shop", scopes: ["ask", "decide"], ...more }));
  const found = (await listApiKeys(admin)).keys.find((one) => one.prefix === prefix);
  return { key: key ?? "", id: found?.id ?? "" };
}
const replace = (key: string, overlap = 24, requestId: string = randomUUID()) => replaceApiKey(admin, { requestId, key, overlap });
const opens = async (key: string) => (await identifyProgram(key)) !== null;
/** Of the single decision, which looks the key up in a statement of its own: a key that holds comes as far as the use. */
const decides = (key: string) => decide(key, { person: "ann", use: "no-such-use" }).catch((error: { code: string }) => error.code);

test("both keys hold during the overlap; then the old one stops by itself, wherever keys are looked up", async () => {
  const old = await newKey();
  const made = await replace(old.id, 1);
  expect(made.key).toMatch(/^hs_[\w-]{43}$/u);
  expect([await opens(old.key), await opens(made.key ?? "")]).toEqual([true, true]);
  expect([await decides(old.key), await decides(made.key ?? "")]).toEqual(["not-found", "not-found"]);
  expect(Math.round(((made.until?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(60);
  expect((await listApiKeys(admin)).keys.find(({ id }) => id === old.id)).toMatchObject({ state: "ending", replaced: true });

  await owner.query("UPDATE api_key SET expires_at = now() WHERE id = $1", [old.id]);
  expect([await opens(old.key), await opens(made.key ?? "")]).toEqual([false, true]);
  expect([await decides(old.key), await decides(made.key ?? "")]).toEqual(["signed-out", "not-found"]);
  expect((await listApiKeys(admin)).keys.find(({ id }) => id === old.id)).toMatchObject({ state: "ended" });
  const [entry] = (await entriesOf("key-rotated")).filter(({ replaces }) => replaces === old.id);
  expect(entry).toMatchObject({ by: { staff: admin.id }, until: made.until?.toISOString() });
});

test("the successor is alike in all but the key itself", async () => {
  const old = await newKey({ kind: "browser", origins: "https://shop.example.com\nhttps://m.example.com" });
  const made = await replace(old.id);
  expect(made.key).toMatch(/^hb_/u);
  const both = (await listApiKeys(admin)).keys.filter(({ id, prefix }) => id === old.id || prefix === made.prefix);
  expect(both.map(({ name, kind, scopes, origins }) => ({ name, kind, scopes, origins }))).toEqual(Array(2).fill({ name: "Web shop", kind: "browser", scopes: ["ask"], origins: ["https://shop.example.com", "https://m.example.com"] }));
});

test("eight admins replacing a key at once make one successor; the same form sent twice shows it once", async () => {
  const old = await newKey();
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => replace(old.id)));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of made) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "nothing-changed" });
  expect(await database().apiKey.count({ where: { replacesId: old.id } })).toBe(1);

  const [next, requestId] = [await newKey(), randomUUID()];
  const twice = await Promise.all([replace(next.id, 24, requestId), replace(next.id, 24, requestId)]);
  expect(twice.filter(({ key }) => key !== null)).toHaveLength(1);
  expect(new Set(twice.map(({ prefix }) => prefix)).size).toBe(1);
});

test("in the database too a key has one successor", async () => {
  const old = await newKey();
  await replace(old.id);
  await expect(owner.query("INSERT INTO api_key (name, prefix, digest, scopes, replaces_id) VALUES ('x', 'x', '\\x01', '{ask}', $1)", [old.id])).rejects.toMatchObject({ code: "23505" });
});

test("a revoked key is not replaced, a replaced one can be revoked at once, and keys are the admin's", async () => {
  const old = await newKey();
  await replace(old.id);
  await revokeApiKey(admin, { requestId: randomUUID(), key: old.id });
  expect(await opens(old.key)).toBe(false);
  const gone = await newKey();
  await revokeApiKey(admin, { requestId: randomUUID(), key: gone.id });
  await expect(replace(gone.id)).rejects.toMatchObject({ code: "nothing-changed" });
  await expect(replace(randomUUID())).rejects.toMatchObject({ code: "not-found" });
  await expect(replaceApiKey(anyone, { requestId: randomUUID(), key: old.id, overlap: 1 })).rejects.toMatchObject({ code: "signed-out" });
});

test("the form takes origins as browsers say them, and nothing that is none", () => {
  const parse = (more: object) => createApiKeyInput.safeParse({ requestId: randomUUID(), name: "Page", kind: "browser", ...more });
  expect(parse({ origins: " https://Shop.example.com/ \n http://localhost:3000, https://shop.example.com" }).data?.origins).toEqual(["https://shop.example.com", "http://localhost:3000"]);
  for (const origins of ["", "shop.example.com", "http://shop.example.com", "https://shop.example.com/checkout", "https://a:b@shop.example.com", "*", "null", "https://"]) {
    const read = parse({ origins });
    expect([origins, read.success]).toEqual([origins, false]);
    expect(read.error?.issues[0]?.path[0]).toBe("origins");
  }
  expect(createApiKeyInput.safeParse({ requestId: randomUUID(), name: "Shop" }).error?.issues[0]?.path).toEqual(["scopes"]);
  expect(replaceApiKeyInput.parse({ requestId: randomUUID(), key: randomUUID() }).overlap).toBe(24);
  expect(replaceApiKeyInput.safeParse({ requestId: randomUUID(), key: randomUUID(), overlap: "1000" }).success).toBe(false);
});
