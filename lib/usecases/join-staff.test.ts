import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import type { StaffActor } from "@/lib/domain/actor";
import { inviteFirstAdmin } from "@/lib/usecases/invite-first-admin";
import { inviteStaff } from "@/lib/usecases/invite-staff";
import { joinStaff } from "@/lib/usecases/join-staff";
import { listTeam } from "@/lib/usecases/list-team";
import { revokeInvitation } from "@/lib/usecases/revoke-invitation";
import { showInvitation } from "@/lib/usecases/show-invitation";
import { signIn } from "@/lib/usecases/sign-in";
import { addStaff, entriesOf, outcome, password } from "./staff.fixture";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

const tokenOf = (link: string) => link.split("/join/")[1] ?? "";
const joining = (link: string, more: { email?: string; requestId?: string; password?: string } = {}) =>
  joinStaff({ token: tokenOf(link), requestId: randomUUID(), name: "Ana", password, ...more });

describe("the first admin", () => {
  test("joins by a link that only the newest start gives, and only while nobody is staff", async () => {
    const first = await inviteFirstAdmin();
    const second = await inviteFirstAdmin();
    if (!first || !second) throw new Error("no link although there is no staff");
    await expect(joining(first.url, { email: "ana@example.com" })).rejects.toMatchObject({ code: "link-expired" });
    await expect(joining(second.url)).rejects.toMatchObject({ code: "invalid", faults: [{ path: "email" }] });

    const requests = Array.from({ length: 10 }, (_, n) => ({ requestId: randomUUID(), email: `ana${n}@example.com` }));
    const results = await Promise.allSettled(requests.map((request) => joining(second.url, request)));
    expect(outcome(results)).toEqual({ done: 1, codes: Array(9).fill("link-used") });
    expect(await database().staff.findMany({ select: { role: true } })).toEqual([{ role: "admin" }]);
    expect(await inviteFirstAdmin()).toBeNull();
    // The same form, changed: whose account it made, it does not say of another address.
    const { requestId, email } = requests[results.findIndex(({ status }) => status === "fulfilled")]!;
    await expect(joining(second.url, { requestId, email })).resolves.toEqual({ email });
    await expect(joining(second.url, { requestId, email: "someone-else@example.com" })).rejects.toMatchObject({ code: "idempotency-conflict" });
    expect((await entriesOf("staff-joined")).map((entry) => entry.by)).toEqual([{ staff: (await database().staff.findFirstOrThrow()).id }]);
  });
});

describe("an invitation", () => {
  let admin: StaffActor;
  const address = () => `${randomUUID().slice(0, 8)}@example.com`;
  const invite = (email = address(), requestId: string = randomUUID()) => inviteStaff(admin, { requestId, email, role: "officer" });
  beforeEach(async () => {
    admin = await addStaff("admin");
  });

  test("used by ten at once makes one account, which can sign in", async () => {
    const { link, email } = await invite();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => joining(link)));
    expect(outcome(results)).toEqual({ done: 1, codes: Array(9).fill("link-used") });
    expect(await database().staff.count({ where: { email } })).toBe(1);
    await expect(signIn({ email, password }, "192.0.2.9")).resolves.toMatch(/^[\w-]{43}$/u);
  });

  test("joined by the same form sent twenty times is one account and one entry, and all say the same", async () => {
    const { link, email } = await invite();
    const requestId = randomUUID();
    const before = (await entriesOf("staff-joined")).length;
    const results = await Promise.all(Array.from({ length: 20 }, () => joining(link, { requestId })));
    expect(results).toEqual(Array(20).fill({ email }));
    expect((await entriesOf("staff-joined")).length - before).toBe(1);
  });

  test("sent twenty times at once is one invitation and one link", async () => {
    const [email, requestId] = [address(), randomUUID()];
    const results = await Promise.all(Array.from({ length: 20 }, () => invite(email, requestId)));
    expect(new Set(results.map((one) => one.link)).size).toBe(1);
    expect(await database().invitation.count({ where: { email } })).toBe(1);
  });

  test("is kept as a digest: neither the link nor its token is anywhere in the database", async () => {
    const { link, email } = await invite();
    const rows = await database().$queryRaw<{ row: string }[]>`SELECT i::text AS row FROM invitation i WHERE email = ${email} UNION ALL SELECT body FROM ledger_entry`;
    for (const { row } of rows) expect(row).not.toContain(tokenOf(link));
  });

  test("is replaced by a newer one to the same address", async () => {
    const first = await invite();
    const second = await invite(first.email);
    await expect(showInvitation(tokenOf(first.link))).rejects.toMatchObject({ code: "link-expired" });
    await expect(showInvitation(tokenOf(second.link))).resolves.toMatchObject({ email: first.email, role: "officer" });
  });

  test("taken back, run out or unknown opens nothing, and says why", async () => {
    const [back, old] = [await invite(), await invite()];
    const open = (await listTeam(admin)).invitations.find((one) => one.email === back.email);
    await revokeInvitation(admin, { requestId: randomUUID(), invitation: open?.id ?? "" });
    await expect(joining(back.link)).rejects.toMatchObject({ code: "link-expired", message: expect.stringContaining("taken back") as string });
    await database().$executeRaw`UPDATE invitation SET expires_at = now() WHERE email = ${old.email}`;
    await expect(joining(old.link)).rejects.toMatchObject({ code: "link-expired", message: expect.stringContaining("run out") as string });
    await expect(joining("/join/unknown")).rejects.toMatchObject({ code: "not-found" });
    expect(await database().staff.count({ where: { email: { in: [back.email, old.email] } } })).toBe(0);
  });

  test("to somebody on the team is refused, at the field", async () => {
    const officer = await addStaff("officer");
    await expect(invite(officer.email)).rejects.toMatchObject({ code: "name-taken", faults: [{ path: "email" }] });
  });

  test("does not take the e-mail address for a password", async () => {
    const { link, email } = await invite();
    await expect(joining(link, { password: email.toUpperCase() })).rejects.toMatchObject({ code: "invalid", faults: [{ path: "password" }] });
  });

  test("is the admin's to make, nobody else's", async () => {
    for (const role of ["officer", "approver", "compliance"] as const) {
      await expect(inviteStaff(await addStaff(role), { requestId: randomUUID(), email: address(), role: "admin" })).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(inviteStaff({ kind: "anyone" }, { requestId: randomUUID(), email: address(), role: "admin" })).rejects.toMatchObject({ code: "signed-out" });
  });
});
