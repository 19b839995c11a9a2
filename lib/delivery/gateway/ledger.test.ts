import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { splitCheckpoint } from "@/lib/data/ledger/checkpoint";
import { readErasures } from "@/lib/data/ledger/witness-folder";
import { keyedHash } from "@/lib/data/seal";
import { settings } from "@/lib/data/settings/settings";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { house } from "@/lib/domain/actor";
import { isConsistent, isIncluded } from "@/lib/domain/merkle-proofs";
import { addPerson } from "@/lib/usecases/add-person";
import { createApiKey } from "@/lib/usecases/create-api-key";
import { addStaff, entriesOf } from "@/lib/usecases/staff.fixture";

let test: TestDatabase;
let owner: pg.Client;
let auditor: string;
let keeper: string;
const app = gatewayApp();
const entries = 12;

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  [auditor, keeper] = [await apiKeyRow(owner, ["audit"]), await apiKeyRow(owner, ["remember", "decide", "ask"])];
  expect((await app.request("/v1/ledger/checkpoint")).status, "before the first entry").toBe(404);
  const admin = await addStaff("admin");
  for (let i = 0; i < entries; i++) await createApiKey(admin, { requestId: randomUUID(), name: `Key ${i}`, kind: "server", scopes: ["ask"], origins: [] });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await test.drop();
});

const get = (path: string, key = auditor) => app.request(path, { headers: { authorization: `Bearer ${key}` } });
const read = async <T>(path: string) => (await (await get(path)).json()) as T;
const sha256 = (...parts: readonly Uint8Array[]) => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());
const bytes = (base64: readonly string[]) => base64.map((one) => new Uint8Array(Buffer.from(one, "base64")));
const rootOf = (note: string | null) => new Uint8Array(Buffer.from((note ?? "").split("\n")[2] ?? "", "base64"));

describe("the ledger's calls", () => {
  it("give anybody the newest checkpoint, as the signed note that it is", async () => {
    const reply = await app.request("/v1/ledger/checkpoint");
    expect(reply.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(splitCheckpoint(await reply.text()).size).toBe(entries);
  });

  it("prove every entry under every size that was signed", async () => {
    for (const size of [1, 2, 7, entries]) {
      for (let index = 0; index < size; index++) {
        const { body, leaf } = await read<{ body: string; leaf: string }>(`/v1/ledger/entries/${index}`);
        expect(Buffer.from(sha256(Uint8Array.of(0), Buffer.from(body, "utf8"))).toString("hex")).toBe(leaf);
        const proof = await read<{ hashes: string[]; checkpoint: string; leaf: string }>(`/v1/ledger/proof?index=${index}&size=${size}`);
        expect(proof.leaf).toBe(leaf);
        expect(isIncluded(sha256, bytes(proof.hashes), { index, size }, new Uint8Array(Buffer.from(leaf, "hex")), rootOf(proof.checkpoint))).toBe(true);
      }
    }
    expect(await read("/v1/ledger/proof?index=3")).toMatchObject({ size: entries });
  });

  it("prove that the ledger only grew, from every size to every later one", async () => {
    for (let from = 1; from <= entries; from++) {
      const { to, hashes, checkpoints } = await read<{ to: number; hashes: string[]; checkpoints: { from: string; to: string } }>(`/v1/ledger/consistency?from=${from}`);
      expect(to).toBe(entries);
      expect(isConsistent(sha256, bytes(hashes), { size: from, root: rootOf(checkpoints.from) }, { size: to, root: rootOf(checkpoints.to) })).toBe(true);
    }
  });

  it("are 404 beyond what there is, 422 for what is no place, 403 without the scope, 401 without a key", async () => {
    for (const path of ["entries/12", "entries/999999999999999", "proof?index=12", "proof?index=3&size=13", "proof?index=5&size=5", "consistency?from=13", "consistency?from=1&to=99"]) expect((await get(`/v1/ledger/${path}`)).status, path).toBe(404);
    expect(await read("/v1/ledger/proof?index=3&size=13")).toMatchObject({ errors: [{ path: "size" }] });
    const wrong: readonly (readonly [string, string])[] = [["entries/x", "index"], ["entries/-1", "index"], ["entries/1.5", "index"], ["entries/01", "index"], ["proof", "index"], ["proof?index=1e3", "index"], ["proof?index=1&size=0", "size"], ["proof?index=1&index=2", "index"], ["proof?index=0x1", "index"], ["consistency?from=0", "from"], ["consistency?from=5&to=2", "from"], ["consistency?from=1&to=", "to"]];
    for (const [path, fault] of wrong) {
      const reply = await get(`/v1/ledger/${path}`);
      expect([path, reply.status, ((await reply.json()) as { errors: { path: string }[] }).errors[0]?.path]).toEqual([path, 422, fault]);
    }
    for (const path of ["entries/1", "proof?index=1", "consistency?from=1"]) {
      expect((await get(`/v1/ledger/${path}`, keeper)).status).toBe(403);
      expect((await app.request(`/v1/ledger/${path}`)).status).toBe(401);
    }
  });
});

describe("DELETE /v1/people/{ref}", () => {
  const forget = (ref: string, options: { key?: string; name?: string; query?: string } = {}) =>
    app.request(`/v1/people/${encodeURIComponent(ref)}${options.query ?? ""}`, { method: "DELETE", headers: { authorization: `Bearer ${options.key ?? keeper}`, ...(options.name ? { "idempotency-key": options.name } : {}) } });
  const meet = (ref: string) => addPerson(house, { ref, email: undefined, name: undefined, locale: "en" });

  it("forgets, once; the same request again is 204, another 404", async () => {
    const [ref, name] = [`a/b ${randomUUID()}`, randomUUID()];
    const { id } = await meet(ref);
    const replies = await Promise.all(Array.from({ length: 10 }, () => forget(ref, { name })));
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(204));
    expect((await entriesOf("person-forgotten")).filter(({ person }) => person === id)).toHaveLength(1);
    expect((await owner.query("SELECT ref_hash, forgotten_at IS NOT NULL AS gone FROM person WHERE id = $1", [id])).rows).toEqual([{ ref_hash: null, gone: true }]);
    expect((await forget(ref, { name })).status).toBe(204);
    expect((await forget(ref, { name: randomUUID() })).status).toBe(404);
    expect((await forget(ref)).status).toBe(404);
    expect((await readErasures(settings().witness.folder)).some(({ person }) => person === id)).toBe(true);
  });

  it("that ended before its reply was kept is done once all the same", async () => {
    const [ref, name] = [randomUUID(), randomUUID()];
    const { id } = await meet(ref);
    expect((await forget(ref, { name })).status).toBe(204);
    // As a process leaves it that ends between the two: done, and nobody holds it any more.
    await owner.query("UPDATE kept_reply SET sealed = NULL, held_until = now() - interval '1 second'");
    expect((await forget(ref, { name })).status).toBe(204);
    expect((await entriesOf("person-forgotten")).filter(({ person }) => person === id)).toHaveLength(1);
  });

  it("under the name of a request about somebody else is done, however long ago that was", async () => {
    const [before, ref, name] = [randomUUID(), randomUUID(), randomUUID()];
    await meet(before);
    const { id } = await meet(ref);
    expect((await forget(before, { name })).status).toBe(204);
    // As two days do it.
    await owner.query("DELETE FROM kept_reply");
    expect((await forget(ref, { name })).status).toBe(204);
    expect((await owner.query("SELECT ref_hash, forgotten_at IS NOT NULL AS gone FROM person WHERE id = $1", [id])).rows).toEqual([{ ref_hash: null, gone: true }]);
  });

  it("leaves alone whom it is told to, and keeps no reply about them", async () => {
    const ref = randomUUID();
    await meet(ref);
    await app.request("/v1/links", { method: "POST", headers: { authorization: `Bearer ${keeper}`, "idempotency-key": randomUUID() }, body: JSON.stringify({ person: ref }) });
    const kept = async () => (await owner.query("SELECT 1 FROM kept_reply WHERE ref_hash = $1", [keyedHash("ref", ref)])).rowCount;
    expect(await kept()).toBe(1);
    expect((await forget(ref, { query: "?leaveAlone=true" })).status).toBe(204);
    expect(await kept()).toBe(0);
    expect((await app.request("/v1/links", { method: "POST", headers: { authorization: `Bearer ${keeper}` }, body: JSON.stringify({ person: ref }) })).status).toBe(409);
  });

  it("is 403 without the scope, 422 for the wrong shape", async () => {
    expect((await forget("x", { key: auditor })).status).toBe(403);
    expect((await forget("x", { query: "?leaveAlone=maybe" })).status).toBe(422);
    expect((await forget("x", { query: "?other=1" })).status).toBe(422);
    expect((await forget("x".repeat(201))).status).toBe(422);
  });
});
