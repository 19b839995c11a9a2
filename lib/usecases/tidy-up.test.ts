import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { mostAttempts } from "@/lib/data/outbox";
import { newPerson, newStaff } from "@/lib/usecases/ask-questions.fixture";
import { tidyUp } from "@/lib/usecases/tidy-up";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const digest = () => new Uint8Array(randomBytes(32));

test("links and sessions are kept for thirty days after they ended, and then cleared", async () => {
  const [person, staff] = [await newPerson(), await newStaff("officer")];
  const ends = [
    { expiresAt: daysAgo(-1), endedAt: null, stays: true },
    { expiresAt: daysAgo(29), endedAt: null, stays: true },
    { expiresAt: daysAgo(-1), endedAt: daysAgo(29), stays: true },
    { expiresAt: daysAgo(31), endedAt: null, stays: false },
    { expiresAt: daysAgo(-1), endedAt: daysAgo(31), stays: false },
  ];
  const digests = ends.map(digest);
  const rows = ends.map(({ expiresAt, endedAt }, at) => ({ digest: digests[at] ?? digest(), expiresAt, endedAt }));
  await database().personLink.createMany({ data: rows.map(({ endedAt, ...row }) => ({ ...row, personId: person.id, channel: "mail", usedAt: endedAt })) });
  await database().personSession.createMany({ data: rows.map(({ endedAt, ...row }) => ({ ...row, personId: person.id, revokedAt: endedAt })) });
  await database().staffSession.createMany({ data: rows.map(({ endedAt, ...row }) => ({ ...row, staffId: staff.id, revokedAt: endedAt })) });
  await tidyUp();

  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const staying = digests.filter((_, at) => ends[at]?.stays).map(hex).sort();
  const select = { digest: true } as const;
  for (const left of [await database().personLink.findMany({ select }), await database().personSession.findMany({ select }), await database().staffSession.findMany({ select })]) {
    expect(left.map((row) => hex(row.digest)).sort()).toEqual(staying);
  }
});

test("mail that left or was given up goes after thirty days; mail that waits stays, however long", async () => {
  const mail = (name: string, more: { attempts?: number; doneAt?: Date; dueAt?: Date }) => ({ kind: "mail", sealed: new Uint8Array(), lastError: name, ...more });
  await database().outbox.createMany({
    data: [
      mail("waits", { dueAt: daysAgo(90), attempts: mostAttempts - 1 }),
      mail("parked lately", { dueAt: daysAgo(29), attempts: mostAttempts }),
      mail("parked", { dueAt: daysAgo(31), attempts: mostAttempts }),
      mail("sent lately", { dueAt: daysAgo(60), doneAt: daysAgo(29), attempts: mostAttempts }),
      mail("sent", { dueAt: daysAgo(60), doneAt: daysAgo(31) }),
    ],
  });
  await tidyUp();
  const left = await database().outbox.findMany({ select: { lastError: true } });
  expect(left.map((row) => row.lastError).sort()).toEqual(["parked lately", "sent lately", "waits"]);
});

test("however much there is, all of it goes", async () => {
  const { id: personId } = await newPerson();
  await database().personSession.createMany({ data: Array.from({ length: 2_500 }, () => ({ digest: digest(), personId, expiresAt: daysAgo(40) })) });
  await tidyUp();
  expect(await database().personSession.count({ where: { personId } })).toBe(0);
});
