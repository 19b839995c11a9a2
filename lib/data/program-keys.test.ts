import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { apiKeyDigest, findProgramKey } from "@/lib/data/program-keys";

let db: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await db.drop();
});

test("each caller is found by their own key, however many call at the same moment", async () => {
  const scopes = ["ask", "decide", "remember"] as const;
  const made = await Promise.all(Array.from({ length: 12 }, async (_, i) => ({ key: await apiKeyRow(owner, [scopes[i % scopes.length]!]), scope: scopes[i % scopes.length]! })));
  const revoked = made[4]!.key;
  await owner.query("UPDATE api_key SET revoked_at = clock_timestamp() WHERE digest = $1", [apiKeyDigest(revoked)]);
  const asked = made.flatMap((one, i) => (i % 3 === 0 ? [one, { key: `hs_unknown_${i}`, scope: null }, one] : [one]));
  const found = await Promise.all(asked.map(({ key }) => findProgramKey(key, null)));
  const { rows } = await owner.query<{ id: string; digest: Buffer }>("SELECT id::text AS id, digest FROM api_key");
  const idOf = (key: string) => rows.find(({ digest }) => digest.equals(apiKeyDigest(key)))?.id;
  asked.forEach(({ key, scope }, i) => {
    if (scope === null || key === revoked) expect(found[i]).toBeNull();
    else expect(found[i]).toMatchObject({ id: idOf(key), scopes: [scope], kind: "server" });
  });
});
