import { expect, test } from "vitest";
import { may, roles, staffActs, type Role, type StaffAct } from "./roles";

const actsOf = (role: Role) => staffActs.filter((act) => may({ role }, act));

test("nobody both writes and publishes", () => {
  for (const thing of ["use", "policy", "prompt"] as const) {
    for (const role of roles) expect(may({ role }, `${thing}.write`) && may({ role }, `${thing}.publish`)).toBe(false);
    expect(roles.filter((role) => may({ role }, `${thing}.write`))).toEqual(["officer"]);
    expect(roles.filter((role) => may({ role }, `${thing}.publish`))).toEqual(["approver"]);
  }
});

test("with two pairs of eyes switched off, whoever writes publishes too, and nothing else changes", () => {
  const gained = roles.flatMap((role) => staffActs.filter((act) => may({ role, alone: true }, act) && !may({ role }, act)).map((act) => `${role} ${act}`));
  expect(gained.sort()).toEqual(["officer policy.publish", "officer prompt.publish", "officer use.publish"]);
  for (const role of roles) expect(staffActs.filter((act) => may({ role }, act) && !may({ role, alone: true }, act))).toEqual([]);
});

test("all staff read the studio, and every act belongs to somebody", () => {
  for (const role of roles) expect(may({ role }, "studio.read")).toBe(true);
  for (const act of staffActs) expect([act, roles.some((role) => may({ role }, act))]).toEqual([act, true]);
});

test("compliance changes nothing, and only admins run the house", () => {
  expect(actsOf("compliance")).toEqual(["studio.read", "people.read", "people.forget", "report.read", "export.create", "ledger.read", "list.cleanse"]);
  for (const act of ["team.manage", "key.manage", "settings.manage"] as const satisfies readonly StaffAct[]) {
    expect(roles.filter((role) => may({ role }, act))).toEqual(["admin"]);
  }
});
