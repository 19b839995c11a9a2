import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { changeRole } from "@/lib/usecases/change-role";
import { disableStaff } from "@/lib/usecases/disable-staff";
import { recogniseStaff } from "@/lib/usecases/recognise-staff";
import { signIn } from "@/lib/usecases/sign-in";
import { signOut } from "@/lib/usecases/sign-out";
import { addStaff, openFor, outcome, password } from "./staff.fixture";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

/** Each test comes from an address of its own, so that none uses up another's attempts. */
const from = () => `192.0.2.1 ${randomUUID()}`;

describe("signing in", () => {
  test("the right pair opens a session, of which the database keeps the digest only", async () => {
    const officer = await addStaff("officer");
    const token = await signIn({ email: officer.email, password }, from());
    expect(await recogniseStaff(token)).toEqual({ ...officer, alone: false });
    const row = await database().staffSession.findUniqueOrThrow({ where: { digest: sha256(Buffer.from(token, "utf8")) } });
    expect(row.staffId).toBe(officer.id);
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(12 * 3600 * 1000);
  });

  test("an unknown address, a wrong password and a disabled account are one answer", async () => {
    const [officer, admin] = [await addStaff("officer"), await addStaff("admin")];
    const gone = await addStaff("approver");
    await disableStaff(admin, { requestId: randomUUID(), staff: gone.id });
    const answers = await Promise.allSettled([
      signIn({ email: "nobody@example.com", password }, from()),
      signIn({ email: officer.email, password: `${password}!` }, from()),
      signIn({ email: gone.email, password }, from()),
    ]);
    const said = answers.map((one) => (one.status === "rejected" ? String(one.reason) : "in"));
    expect(new Set(said)).toEqual(new Set(["Refusal: The e-mail address and the password do not go together. Check both and try again."]));
  });

  test("an unknown address costs the same work as a known one", async () => {
    const officer = await addStaff("officer");
    /** Processor time of one attempt, in microseconds: the middle one of three. */
    const cost = async (email: string) => {
      const used: number[] = [];
      for (let n = 0; n < 3; n += 1) {
        const begun = process.cpuUsage();
        await signIn({ email, password: "wrong but long enough" }, from()).catch(() => undefined);
        const { user, system } = process.cpuUsage(begun);
        used.push(user + system);
      }
      return used.sort((a, b) => a - b)[1] ?? 0;
    };
    await cost("warm-up@example.com");
    const known = await cost(officer.email);
    expect(await cost("nobody-here@example.com")).toBeGreaterThan(known / 4);
  });

  test("twenty guesses at one account at once: five are looked at, the rest must wait", async () => {
    const officer = await addStaff("officer");
    const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => signIn({ email: officer.email, password: `guess number ${n}` }, from())));
    const { codes } = outcome(guesses);
    expect(codes.filter((code) => code === "wrong-credentials")).toHaveLength(5);
    expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(15);
    await expect(signIn({ email: officer.email, password }, from())).rejects.toMatchObject({ code: "too-many-attempts" });
  });

  test("a right password gives the account its attempts back", async () => {
    const officer = await addStaff("officer");
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) {
        await expect(signIn({ email: officer.email, password: "not the one" }, from())).rejects.toMatchObject({ code: "wrong-credentials" });
      }
      await signIn({ email: officer.email, password }, from());
    }
  });

  test("one address may try fifty accounts, not more", async () => {
    const address = from();
    const tries = await Promise.allSettled(Array.from({ length: 55 }, () => signIn({ email: `${randomUUID()}@example.com`, password: "x" }, address)));
    expect(outcome(tries).codes.filter((code) => code === "too-many-attempts")).toHaveLength(5);
  });

  test("the counts hold neither e-mail addresses nor network addresses", async () => {
    await signIn({ email: "traceable@example.com", password: "x" }, "198.51.100.7").catch(() => undefined);
    const rows = await database().rateLimit.findMany({ select: { key: true } });
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^sign-in-(account|address):[0-9a-f]{64}$/u);
  });
});

describe("a session ends at once", () => {
  test("when it is signed out, and no other one with it", async () => {
    const officer = await addStaff("officer");
    const [here, there] = [await openFor(officer), await openFor(officer)];
    await signOut(here);
    expect(await recogniseStaff(here)).toBeNull();
    expect(await recogniseStaff(there)).not.toBeNull();
  });

  test("when the role changes, everywhere", async () => {
    const [admin, officer] = [await addStaff("admin"), await addStaff("officer")];
    const tokens = [await openFor(officer), await openFor(officer)];
    await changeRole(admin, { requestId: randomUUID(), staff: officer.id, role: "approver" });
    expect(await Promise.all(tokens.map(recogniseStaff))).toEqual([null, null]);
    expect(await recogniseStaff(await openFor(officer))).toMatchObject({ role: "approver" });
  });

  test("when the account is disabled", async () => {
    const [admin, officer] = [await addStaff("admin"), await addStaff("officer")];
    const token = await openFor(officer);
    await disableStaff(admin, { requestId: randomUUID(), staff: officer.id });
    expect(await recogniseStaff(token)).toBeNull();
    // Not even a session that was opened a moment after.
    expect(await recogniseStaff(await openFor(officer))).toBeNull();
  });

  test("when its time is over, by the database's clock", async () => {
    const officer = await addStaff("officer");
    const token = await openFor(officer);
    await database().$executeRaw`UPDATE staff_session SET expires_at = now() WHERE staff_id = ${officer.id}::uuid`;
    expect(await recogniseStaff(token)).toBeNull();
  });

  test("and a token nobody was given opens nothing", async () => {
    expect(await recogniseStaff("")).toBeNull();
    expect(await recogniseStaff("\u0000' OR true --")).toBeNull();
  });
});
