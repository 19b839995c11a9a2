import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { witnessLedger } from "@/lib/data/ledger/witness";
import { writeToLedger } from "@/lib/data/ledger/write";
import { settings } from "@/lib/data/settings/settings";
import type { StaffActor } from "@/lib/domain/actor";
import type { Fact } from "@/lib/domain/entry";
import { newStaff } from "@/lib/usecases/ask-questions.fixture";
import { listLedger } from "@/lib/usecases/list-ledger";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";

let test: TestDatabase;
let superuser: pg.Client;
let staff: StaffActor;
/** More than are looked at together. */
const many = 9_000;

beforeAll(async () => {
  test = await openTestDatabase();
  superuser = new pg.Client({ connectionString: test.superuserUrl });
  await superuser.connect();
  await superuser.query("SET session_replication_role = replica");
  staff = await newStaff("officer");
});
afterAll(async () => {
  await Promise.all([superuser.end(), closeDatabase()]);
  await test.drop();
});

const fact = (): Fact => ({ kind: "person-invited", v: 1, person: randomUUID(), channel: "mail" });
const append = (count: number) =>
  writeToLedger<void>({ house: true }, randomUUID(), async ({ append }) => { for (let i = 0; i < count; i++) append(fact()); }, async () => undefined);
const entries = () => database().ledgerEntry.count();
const outside = async () => (await listLedger(staff, {})).outside;
const folder = () => settings().witness.folder;

describe("the whole ledger", () => {
  it("is verified while it is empty, and seen nowhere", async () => {
    expect(await verifyWholeLedger(staff)).toEqual({ holds: 0, size: 0, fault: null, outside: { state: "nothing", size: 0 } });
    expect(await outside()).toEqual({ state: "empty", size: 0, seenAt: null, late: false });
  });

  it("holds, tells how far it is, and is not written to by looking", async () => {
    await append(many);
    const told: [number, number][] = [];
    expect(await verifyWholeLedger(staff, (holds, size) => told.push([holds, size]))).toEqual({ holds: many, size: many, fault: null, outside: { state: "nothing", size: 0 } });
    expect(told[0]).toEqual([0, 0]);
    expect(told.at(-1)).toEqual([many, many]);
    expect(told.length).toBeGreaterThan(2);
    expect(await entries()).toBe(many);
    expect(await outside()).toMatchObject({ state: "waiting", size: 0, seenAt: null, late: false });
  });

  it("is held against what was seen outside, once something was", async () => {
    const before = new Date(Date.now() - 2_000);
    await witnessLedger();
    expect(await verifyWholeLedger(staff)).toMatchObject({ fault: null, outside: { state: "seen", size: many } });
    const seen = await outside();
    expect(seen).toMatchObject({ state: "up-to-date", size: many, late: false });
    expect(seen.seenAt?.getTime()).toBeGreaterThan(before.getTime());
    await append(3);
    expect(await outside()).toMatchObject({ state: "waiting", size: many, late: false });
    expect(await verifyWholeLedger(staff)).toMatchObject({ holds: many + 3, fault: null, outside: { state: "seen", size: many } });
  });

  it("says so when an entry waits too long to be seen", async () => {
    await superuser.query("UPDATE ledger_entry SET recorded_at = recorded_at - interval '3 minutes' WHERE index = $1", [many]);
    expect(await outside()).toMatchObject({ state: "waiting", late: true });
    await superuser.query("UPDATE ledger_entry SET recorded_at = recorded_at + interval '3 minutes' WHERE index = $1", [many]);
  });

  it("is verified by itself where the witness cannot be read, and says so", async () => {
    const tile = path.join(folder(), "tile", "0", "000");
    await rename(tile, `${tile}.away`);
    expect(await verifyWholeLedger(staff)).toEqual({ holds: many + 3, size: many + 3, fault: null, outside: { state: "unreadable", size: 0 } });
    await rename(`${tile}.away`, tile);
    const newest = path.join(folder(), "checkpoint");
    await rename(newest, `${newest}.away`);
    await mkdir(newest);
    expect(await verifyWholeLedger(staff)).toMatchObject({ fault: null, outside: { state: "unreadable", size: 0 } });
    expect(await outside()).toEqual({ state: "unreadable", size: 0, seenAt: null, late: false });
    await rm(newest, { recursive: true });
    await rename(`${newest}.away`, newest);
  });

  it("stops where whoever is told throws, and leaves nothing open", async () => {
    const enough = new Error("enough");
    for (let i = 0; i < 12; i++) {
      let told = 0;
      await expect(verifyWholeLedger(staff, () => { if (++told > (i % 2)) throw enough; })).rejects.toBe(enough);
    }
    expect(await verifyWholeLedger(staff)).toMatchObject({ fault: null });
  });

  it("is verified one at a time, for whoever asks", async () => {
    const order: string[] = [];
    const one = (name: string) => verifyWholeLedger(staff, () => order.push(name));
    expect(await Promise.all([one("a"), one("b")])).toMatchObject([{ fault: null }, { fault: null }]);
    expect(order).toEqual([...Array.from({ length: 6 }, () => "a"), ...Array.from({ length: 6 }, () => "b")]);
  });

  it("is refused to whoever is no staff", async () => {
    await expect(verifyWholeLedger({ kind: "anyone" })).rejects.toMatchObject({ code: "signed-out" });
  });

  it("has its first entry named that is not as it was written, and says whether something stands there", async () => {
    await superuser.query("UPDATE ledger_entry SET body = replace(body, 'mail', 'post') WHERE index = 8500");
    expect(await verifyWholeLedger(staff)).toMatchObject({ holds: 8_500, fault: { of: "entry", index: 8_500, there: true }, outside: { state: "seen", size: many } });
    await superuser.query("DELETE FROM ledger_entry WHERE index = 17");
    expect(await verifyWholeLedger(staff)).toMatchObject({ holds: 17, fault: { index: 17, there: false } });
  });

  it("is seen to have lost entries that were seen outside", async () => {
    await superuser.query("DELETE FROM ledger_checkpoint WHERE size > 0; DELETE FROM ledger_entry WHERE index > 100");
    expect(await outside()).toMatchObject({ state: "behind", size: many });
  });
});
