import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { digestOf } from "@/lib/data/digest";
import { listPolicyRows, numberInForce } from "@/lib/data/policies";
import { publicPolicyRows } from "@/lib/data/public-policies";
import { readPolicyStandings } from "@/lib/data/questions";
import { atOneMoment, findSubject } from "@/lib/data/reports";
import { inForceAt, type PolicyVersionState } from "@/lib/domain/policy";
import { newPerson, newStaff } from "@/lib/usecases/ask-questions.fixture";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

const day = 86_400_000;
/** Days from now at which versions begin, in the order of the chain; `called`: called off; the draft comes last. */
const chain = fc.record({
  begins: fc.uniqueArray(fc.record({ day: fc.integer({ min: -20, max: 20 }).filter((at) => at !== 0), called: fc.boolean() }), { maxLength: 6, selector: (one) => one.day }),
  draft: fc.boolean(),
});

test("every query chooses the version in force that the rule does, whatever the chain", async () => {
  const [{ id: person }, approver] = [await newPerson(), await newStaff("approver")];
  await fc.assert(
    fc.asyncProperty(chain, async ({ begins, draft }) => {
      const now = await databaseNow(database());
      const key = `chain-${randomUUID()}`;
      const policy = await database().policy.create({ data: { key, title: key, audience: "customers" }, select: { id: true } });
      const versions: PolicyVersionState[] = [];
      let before: string | null = null;
      for (const [at, begin] of [...begins].sort((a, b) => a.day - b.day).entries()) {
        const inForceFrom = new Date(now.getTime() + begin.day * day);
        const called = begin.called && begin.day > 0;
        const row: { id: string } = await database().policyVersion.create({
          data: {
            policyId: policy.id, number: at + 1, origin: "imported", replacesId: before, inForceFrom, askedSince: 1,
            publishedAt: now, publishedById: approver.id, cancelledAt: called ? now : null, digest: digestOf({ key, at }), entryIndex: 0n,
          },
          select: { id: true },
        });
        if (called) continue;
        before = row.id;
        versions.push({ state: "published", number: at + 1, inForceFrom });
      }
      if (draft) {
        await database().policyVersion.create({ data: { policyId: policy.id, number: begins.length + 1 } });
        versions.push({ state: "draft" });
      }

      for (const at of [-21, -10, 0, 10, 21].map((days) => new Date(now.getTime() + days * day))) {
        const live = inForceAt(versions, at)?.number ?? null;
        expect(await numberInForce(database(), policy.id, at)).toBe(live);
        expect((await listPolicyRows(database(), at, null, 1_000)).find((row) => row.key === key)?.inForce?.number ?? null).toBe(live);
        expect((await publicPolicyRows(database(), at, null, 1_000)).find((row) => row.key === key)?.number ?? null).toBe(live);
      }
      const live = inForceAt(versions, now)?.number ?? null;
      expect((await readPolicyStandings(database(), person, [policy.id]))[0]?.version ?? null).toBe(live);
      expect((await atOneMoment((moment) => findSubject(moment, "policy", key)))?.live?.version ?? null).toBe(live);
    }),
    { numRuns: 20 },
  );
});
