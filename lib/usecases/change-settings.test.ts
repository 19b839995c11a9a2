import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { parseInput } from "@/lib/contract/form";
import { changeSettingsInput } from "@/lib/contract/settings";
import type { StaffActor } from "@/lib/domain/actor";
import { changeSettings } from "@/lib/usecases/change-settings";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { showSettings } from "@/lib/usecases/show-settings";
import { addStaff, entriesOf, outcome } from "./staff.fixture";

let db: TestDatabase;
let admin: StaffActor;
beforeAll(async () => {
  db = await openTestDatabase();
  admin = await addStaff("admin");
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

const eyes = async (twoPairsOfEyes: boolean) => ({ part: "eyes" as const, requestId: randomUUID(), revision: (await showSettings(admin)).revision, twoPairsOfEyes });

test("switching two pairs of eyes off and on are two entries", async () => {
  await changeSettings(admin, await eyes(false));
  expect((await showSettings(admin)).twoPairsOfEyes).toBe(false);
  await changeSettings(admin, await eyes(true));
  expect((await entriesOf("settings-changed")).map((entry) => entry.changes)).toEqual([
    { twoPairsOfEyes: { from: true, to: false } },
    { twoPairsOfEyes: { from: false, to: true } },
  ]);
});

test("each setting that changed is an entry of its own, without the name or address itself", async () => {
  const before = (await entriesOf("settings-changed")).length;
  const { revision } = await showSettings(admin);
  await changeSettings(admin, { part: "organisation", requestId: randomUUID(), revision, name: "Fjell & Fjord", contactEmail: "privacy@fjell.example", defaultLocale: "en" });
  const entries = (await entriesOf("settings-changed")).slice(before);
  expect(entries.flatMap((entry) => Object.keys(entry.changes)).sort()).toEqual(["contactEmail", "name"]);
  expect(JSON.stringify(entries)).not.toMatch(/fjell/iu);
  expect(await showOrganisation()).toEqual({ name: "Fjell & Fjord", contactEmail: "privacy@fjell.example", defaultLocale: "en" });
});

test("how much customers are asked is in the ledger as numbers, and is never nothing", async () => {
  const before = (await entriesOf("settings-changed")).length;
  const form = async (questionsPerVisit: string, questionsPerMonth: string) =>
    parseInput(changeSettingsInput, { part: "asking", requestId: randomUUID(), revision: (await showSettings(admin)).revision, questionsPerVisit, questionsPerMonth });
  await changeSettings(admin, await form("2", ""));
  expect((await entriesOf("settings-changed")).slice(before).map((entry) => entry.changes)).toEqual([{ questionsPerVisit: { from: 3, to: 2 } }, { questionsPerMonth: { from: 12, to: null } }]);
  expect(await showSettings(admin)).toMatchObject({ questionsPerVisit: 2, questionsPerMonth: null });
  for (const [visit, month] of [["0", "5"], ["2", "0"], ["", "5"], ["1.5", "5"], ["2", "many"], ["21", ""]] as const) await expect(form(visit, month)).rejects.toMatchObject({ code: "invalid" });
});

test("of two admins who change the same settings at once, one is told", async () => {
  const { revision, reask } = await showSettings(admin);
  const to = reask === "any" ? "wider" : "any";
  const results = await Promise.allSettled(Array.from({ length: 2 }, () => changeSettings(admin, { part: "reask", requestId: randomUUID(), revision, reask: to })));
  expect(outcome(results)).toEqual({ done: 1, codes: ["conflict-draft-changed"] });
});

test("the same form sent twenty times at once is one entry", async () => {
  const before = (await entriesOf("settings-changed")).length;
  const input = await eyes(false);
  await Promise.all(Array.from({ length: 20 }, () => changeSettings(admin, input)));
  expect((await entriesOf("settings-changed")).length - before).toBe(1);
});

test("a form that somebody went back to and changed is a conflict, not a done that saved nothing", async () => {
  const { revision } = await showSettings(admin);
  const sent = { part: "organisation" as const, requestId: randomUUID(), revision, name: "Gran & Gran", contactEmail: "privacy@fjell.example", defaultLocale: "en" };
  await changeSettings(admin, sent);
  await changeSettings(admin, sent);
  for (const other of [{ name: "Furu" }, { contactEmail: null }, { defaultLocale: "de" }]) {
    await expect(changeSettings(admin, { ...sent, ...other })).rejects.toMatchObject({ code: "idempotency-conflict" });
  }
  expect(await showOrganisation()).toEqual({ name: "Gran & Gran", contactEmail: "privacy@fjell.example", defaultLocale: "en" });
});

test("saving what is there already is refused", async () => {
  const { revision, reask } = await showSettings(admin);
  await expect(changeSettings(admin, { part: "reask", requestId: randomUUID(), revision, reask })).rejects.toMatchObject({ code: "nothing-changed" });
});

test("only admins see and change them", async () => {
  const officer = await addStaff("officer");
  await expect(showSettings(officer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(changeSettings(officer, await eyes(true))).rejects.toMatchObject({ code: "forbidden" });
});

test("a form says at each field what is wrong", () => {
  const form = { part: "organisation", requestId: randomUUID(), revision: new Date(0).toISOString(), name: " ", contactEmail: "nobody", defaultLocale: "!" };
  expect(() => parseInput(changeSettingsInput, form)).toThrow(
    expect.objectContaining({ code: "invalid", faults: ["name", "contactEmail", "defaultLocale"].map((path) => expect.objectContaining({ path }) as unknown) }) as Error,
  );
  expect(parseInput(changeSettingsInput, { ...form, name: "Shop", contactEmail: "", defaultLocale: "en" })).toMatchObject({ contactEmail: null });
});
