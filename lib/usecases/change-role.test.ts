import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { changeRole } from "@/lib/usecases/change-role";
import { disableStaff } from "@/lib/usecases/disable-staff";
import { enableStaff } from "@/lib/usecases/enable-staff";
import { inviteStaff } from "@/lib/usecases/invite-staff";
import { listTeam, showTeamMember } from "@/lib/usecases/list-team";
import { revokeInvitation } from "@/lib/usecases/revoke-invitation";
import { addStaff, entriesOf, openFor, outcome } from "./staff.fixture";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});
beforeEach(async () => {
  await database().staff.updateMany({ data: { disabledAt: new Date() } });
});

const id = () => randomUUID();
const adminsLeft = () => database().staff.count({ where: { role: "admin", disabledAt: null } });

describe("the last admin", () => {
  test("is neither demoted nor disabled", async () => {
    const admin = await addStaff("admin");
    await expect(changeRole(admin, { requestId: id(), staff: admin.id, role: "officer" })).rejects.toMatchObject({ code: "last-admin" });
    await expect(disableStaff(admin, { requestId: id(), staff: admin.id })).rejects.toMatchObject({ code: "last-admin" });
    expect(await adminsLeft()).toBe(1);
  });

  test("stays when two admins demote each other at once", async () => {
    const [ana, ben] = [await addStaff("admin"), await addStaff("admin")];
    const results = await Promise.allSettled([
      changeRole(ana, { requestId: id(), staff: ben.id, role: "officer" }),
      changeRole(ben, { requestId: id(), staff: ana.id, role: "officer" }),
    ]);
    expect(outcome(results)).toEqual({ done: 1, codes: ["forbidden"] });
    expect(await adminsLeft()).toBe(1);
  });

  test("stays when eight admins leave at once", async () => {
    const admins = await Promise.all(Array.from({ length: 8 }, () => addStaff("admin")));
    const results = await Promise.allSettled(admins.map((admin) => disableStaff(admin, { requestId: id(), staff: admin.id })));
    expect(outcome(results)).toEqual({ done: 7, codes: ["last-admin"] });
  });
});

describe("a change on the team", () => {
  test("sent twenty times at once is one entry", async () => {
    const [admin, officer] = [await addStaff("admin"), await addStaff("officer")];
    const requestId = id();
    await Promise.all(Array.from({ length: 20 }, () => changeRole(admin, { requestId, staff: officer.id, role: "compliance" })));
    expect((await entriesOf("staff-role-changed")).filter((entry) => entry.staff === officer.id)).toMatchObject([
      { from: "officer", to: "compliance", by: { staff: admin.id } },
    ]);
  });

  test("that changes nothing is refused and writes nothing", async () => {
    const [admin, officer] = [await addStaff("admin"), await addStaff("officer")];
    await expect(changeRole(admin, { requestId: id(), staff: officer.id, role: "officer" })).rejects.toMatchObject({ code: "nothing-changed" });
    await expect(enableStaff(admin, { requestId: id(), staff: officer.id })).rejects.toMatchObject({ code: "nothing-changed" });
    await expect(changeRole(admin, { requestId: id(), staff: id(), role: "officer" })).rejects.toMatchObject({ code: "not-found" });
  });

  test("sent again with something else to do is a conflict, never a done that did nothing", async () => {
    const [admin, officer, other] = [await addStaff("admin"), await addStaff("officer"), await addStaff("officer")];
    const [role, off, on, invited] = [id(), id(), id(), id()];
    await changeRole(admin, { requestId: role, staff: officer.id, role: "compliance" });
    await disableStaff(admin, { requestId: off, staff: officer.id });
    await enableStaff(admin, { requestId: on, staff: officer.id });
    const { link } = await inviteStaff(admin, { requestId: invited, email: "ana@example.com", role: "officer" });
    expect(await inviteStaff(admin, { requestId: invited, email: "ana@example.com", role: "officer" })).toMatchObject({ link });
    const others: readonly (() => Promise<unknown>)[] = [
      () => changeRole(admin, { requestId: role, staff: officer.id, role: "approver" }),
      () => changeRole(admin, { requestId: role, staff: other.id, role: "compliance" }),
      () => disableStaff(admin, { requestId: off, staff: other.id }),
      () => disableStaff(admin, { requestId: role, staff: officer.id }),
      () => enableStaff(admin, { requestId: on, staff: other.id }),
      () => inviteStaff(admin, { requestId: invited, email: "ben@example.com", role: "officer" }),
      () => inviteStaff(admin, { requestId: invited, email: "ana@example.com", role: "admin" }),
      () => revokeInvitation(admin, { requestId: invited, invitation: id() }),
    ];
    for (const send of others) await expect(send()).rejects.toMatchObject({ code: "idempotency-conflict" });
    expect(await showTeamMember(admin, officer.id)).toMatchObject({ role: "compliance", disabledAt: null });
  });

  test("by somebody disabled a moment ago no longer happens", async () => {
    const [ana, ben, officer] = [await addStaff("admin"), await addStaff("admin"), await addStaff("officer")];
    await disableStaff(ana, { requestId: id(), staff: ben.id });
    await expect(disableStaff(ben, { requestId: id(), staff: officer.id })).rejects.toMatchObject({ code: "signed-out" });
  });

  test("is taken back by enabling: role and history stay", async () => {
    const [admin, officer] = [await addStaff("admin"), await addStaff("officer")];
    await disableStaff(admin, { requestId: id(), staff: officer.id });
    await enableStaff(admin, { requestId: id(), staff: officer.id });
    expect(await showTeamMember(admin, officer.id)).toMatchObject({ role: "officer", disabledAt: null });
  });
});

test("the team is listed page by page, each person once, with when they last signed in", async () => {
  const admin = await addStaff("admin");
  await openFor(admin);
  const rows = Array.from({ length: 60 }, (_, n) => ({ email: `p${n}-${id()}@example.com`, name: `P ${n}`, role: "officer", passwordHash: "none" }));
  await database().staff.createMany({ data: rows });
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listTeam(admin, { after });
    seen.push(...page.members.map((member) => member.id));
    expect(page.members.length).toBeLessThanOrEqual(50);
    after = page.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(await database().staff.count());
  expect((await showTeamMember(admin, admin.id)).lastSignInAt).not.toBeNull();
});
