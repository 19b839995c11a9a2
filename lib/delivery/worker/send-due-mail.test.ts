import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SMTPServer } from "smtp-server";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { mostAttempts, queueMail } from "@/lib/data/outbox";
import { createMailer, type Mailer } from "./mailer";
import { sendDueMail } from "./send-due-mail";

let db: TestDatabase;
let server: SMTPServer;
let mailer: Mailer;
let received: { to: string[]; body: string }[] = [];
/** Addresses that the server turns away. */
const unwanted = new Set<string>();

beforeAll(async () => {
  db = await openTestDatabase();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, done) => (unwanted.has(address) ? done(Object.assign(new Error(`no ${address} here`), { responseCode: 550 })) : done()),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), body: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  mailer = createMailer(`smtp://127.0.0.1:${address.port}`, '"Fjell" <no-reply@fjell.example>');
});
afterAll(async () => {
  mailer.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await closeDatabase();
  await db.drop();
});
beforeEach(async () => {
  received = [];
  await database().outbox.deleteMany();
});

const letter = (to: string) => ({ to, subject: "Join Fjell – now", text: "Open https://example.com/join/secret" });
const makeDue = () => database().$executeRaw`UPDATE outbox SET due_at = now()`;

test("each mail leaves once, however many workers race", async () => {
  const people = Array.from({ length: 24 }, (_, n) => `p${n}@example.com`);
  await database().$transaction(async (tx) => {
    for (const to of people) await queueMail(tx, letter(to), null);
  });
  const sent = await Promise.all([sendDueMail(mailer.send), sendDueMail(mailer.send), sendDueMail(mailer.send)]);
  expect(sent.reduce((sum, one) => sum + one)).toBe(24);
  expect(received.flatMap((one) => one.to).sort()).toEqual([...people].sort());
  expect(received[0]?.body).toContain("https://example.com/join/secret");
});

test("a queued mail is sealed, and wiped once it has left", async () => {
  await queueMail(database(), letter("ana@example.com"), null);
  const row = await database().outbox.findFirstOrThrow();
  expect(Buffer.from(row.sealed).toString("latin1")).not.toMatch(/ana@|secret/u);
  await sendDueMail(mailer.send);
  expect(await database().outbox.findFirstOrThrow()).toMatchObject({ doneAt: expect.any(Date) as Date, sealed: new Uint8Array(0), lastError: null });
});

test("an act that fails sends nothing", async () => {
  const failing = database().$transaction(async (tx) => {
    await queueMail(tx, letter("ana@example.com"), null);
    throw new Error("the act failed");
  });
  await expect(failing).rejects.toThrow("the act failed");
  expect(await sendDueMail(mailer.send)).toBe(0);
});

test("a mail that is refused waits longer each time, is parked after eight tries, and holds nobody else up", async () => {
  unwanted.add("gone@example.com");
  await queueMail(database(), letter("gone@example.com"), null);
  await queueMail(database(), letter("ana@example.com"), null);
  const waits: number[] = [];
  for (let round = 0; round < mostAttempts + 2; round += 1) {
    await makeDue();
    await sendDueMail(mailer.send);
    const [row] = await database().$queryRaw<{ wait: number }[]>`SELECT round(extract(epoch FROM due_at - now()))::int AS wait FROM outbox WHERE done_at IS NULL`;
    if (round < 3) waits.push(row?.wait ?? 0);
  }
  expect(received.map((one) => one.to)).toEqual([["ana@example.com"]]);
  expect(waits).toEqual([10, 30, 90]);
  expect(await database().outbox.findFirstOrThrow({ where: { doneAt: null } })).toMatchObject({ attempts: mostAttempts, lastError: "550" });
});
