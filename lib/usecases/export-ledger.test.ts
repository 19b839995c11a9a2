import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { Download } from "@/lib/contract/export";
import { closeDatabase, database } from "@/lib/data/client";
import { splitCheckpoint } from "@/lib/data/ledger/checkpoint";
import { witnessLedger } from "@/lib/data/ledger/witness";
import { parseEntry, writeToLedger } from "@/lib/data/ledger/write";
import { settings } from "@/lib/data/settings/settings";
import type { PersonActor, StaffActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, newPerson, newStaff } from "@/lib/usecases/ask-questions.fixture";
import { exportLedger } from "@/lib/usecases/export-ledger";
import { listLedger } from "@/lib/usecases/list-ledger";
import { proveLedgerGrowth } from "@/lib/usecases/prove-ledger-growth";
import { readLedgerKey } from "@/lib/usecases/read-ledger-key";
import { readReceipt, readReceiptOf } from "@/lib/usecases/read-receipt";
import { showLedgerProof } from "@/lib/usecases/show-ledger-proof";

const program = path.resolve(import.meta.dirname, "../../bin/handshake-verify.mjs");
let test: TestDatabase;
let away: string;
let compliance: StaffActor;
let person: PersonActor;
let answered: number;

beforeAll(async () => {
  [test, away] = await Promise.all([openTestDatabase(), mkdtemp(path.join(os.tmpdir(), "handshake-away-"))]);
  compliance = await newStaff("compliance");
});
afterAll(async () => {
  await closeDatabase();
  await Promise.all([test.drop(), rm(away, { recursive: true })]);
});

const textOf = async ({ body }: Download) => new Response(body).text();
const whole = async (request: string = randomUUID()) => exportLedger(compliance, { request });
const key = async () => (await readLedgerKey()).verifierKey;

/** What the verifier says of a file, in an empty folder, with an empty environment and the published key. */
async function said(content: string, ...options: string[]): Promise<string> {
  const file = path.join(away, `${randomUUID()}.json`);
  await writeFile(file, content);
  const args = [program, file, "--key", await key(), ...options];
  return new Promise((resolve) => execFile(process.execPath, args, { cwd: away, env: { NODE_ENV: "production" } }, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`)));
}

describe("what the ledger gives out", () => {
  it("is nothing while it has no entry, and no entry is made of that", async () => {
    await expect(whole()).rejects.toMatchObject({ code: "not-found" });
    expect(await readLedgerKey()).toMatchObject({ checkpoint: null });
    expect(await database().ledgerEntry.count()).toBe(0);
  });

  it("is valid to somebody who has nothing of ours: a receipt, to staff without whose it is", async () => {
    const use = await askableUse();
    person = await newPerson();
    const { token } = await askQuestionsAgain(person, { kind: "permission", key: use });
    const [receipt] = await answerQuestions(person, { answers: [{ token, answer: "granted" }], requestId: randomUUID() });
    answered = receipt?.index ?? -1;
    const [own, ofStaff] = [(await readReceipt(person, answered)).file, await readReceiptOf(compliance, answered)];
    expect(own.person).not.toBeNull();
    expect(ofStaff).toEqual({ ...own, person: null });
    for (const file of [own, ofStaff]) expect(await said(JSON.stringify(file, null, 2))).toMatch(/\nValid\.\n$/);
  });

  it("is valid as a whole, up to the entry that says so, and agrees with the witness", async () => {
    for (const some of [1, 4_000, 1, 4_000, 3, 4_000]) {
      await writeToLedger<void>({ house: true }, randomUUID(), async ({ append }) => { for (let i = 0; i < some; i++) append({ kind: "person-invited", v: 1, person: randomUUID(), channel: "mail" }); }, async () => undefined);
    }
    await witnessLedger();
    const size = await database().ledgerEntry.count();
    const download = await whole();
    const text = await textOf(download);
    expect(download).toMatchObject({ rows: size, filename: expect.stringMatching(/^handshake-ledger-\d{4}-\d\d-\d\d\.ndjson$/) });
    expect(parseEntry((await database().ledgerEntry.findUniqueOrThrow({ where: { index: BigInt(size) } })).body)).toMatchObject({ kind: "export-created", what: "ledger", subject: "all", rows: size });
    expect(await said(text, "--witness", settings().witness.folder)).toMatch(new RegExp(`: ${size} entries[^]*The witness agrees: it holds ${size} of the entries[^]*\nValid\\.\n$`));
    const lines = text.trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({ format: "handshake-ledger", v: 1, key: await key(), log: settings().ledgerName, size });
    expect(splitCheckpoint((JSON.parse(lines.at(-1) ?? "") as { checkpoint: string }).checkpoint).size).toBe(size);
    const changed = text.replace('"answer":"granted"', '"answer":"refused"');
    expect(await said(changed)).toContain(`NOT VALID: entry ${answered}:`);
  });

  it("comes in pieces, of a few thousand entries each", async () => {
    const reader = (await whole()).body.getReader();
    let [pieces, largest] = [0, 0];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces += 1;
      largest = Math.max(largest, piece.value.byteLength);
    }
    expect(pieces).toBe(1 + Math.ceil((await database().ledgerEntry.count()) / 5_000));
    expect(largest).toBeLessThan(5_000 * 600);
  });

  it("makes one entry of the same request, and gives the connection back to whoever leaves early", async () => {
    const [before, request] = [await database().ledgerEntry.count(), randomUUID()];
    for (let i = 0; i < 6; i++) await (await whole(request)).body.cancel();
    expect(await database().ledgerEntry.count()).toBe(before + 1);
  });

  it("is given as a whole to compliance alone", async () => {
    for (const role of ["officer", "approver", "admin"] as const) {
      await expect(exportLedger(await newStaff(role), { request: randomUUID() })).rejects.toMatchObject({ code: "forbidden" });
      expect((await listLedger(await newStaff(role), {})).can.export).toBe(false);
    }
    expect((await listLedger(compliance, {})).can.export).toBe(true);
  });
});

describe("a proof that the newest checkpoint continues an older one", () => {
  it("is valid from every one that is offered, from the very first, and from the newest itself", async () => {
    const { olderCheckpoints, checkpoint } = await listLedger(compliance, {});
    const sizes = olderCheckpoints.map(({ size }) => size);
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
    expect(sizes[0]).toBe(1);
    expect(sizes.at(-1)).toBeLessThan(checkpoint?.size ?? 0);
    for (const older of [...sizes, checkpoint?.size ?? 0]) {
      const { file, newer } = await proveLedgerGrowth(compliance, { older });
      expect(newer).toBe(checkpoint?.size);
      expect(file.newer).toBe((await readLedgerKey()).checkpoint?.note);
      expect(await said(JSON.stringify(file, null, 2)), String(older)).toMatch(/\nValid\.\n$/);
    }
  });

  it("is not there from where nothing was signed", async () => {
    for (const older of [2_000, 999_999_999]) await expect(proveLedgerGrowth(compliance, { older })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("an entry's proof under the newest checkpoint", () => {
  it("holds, and says over how many", async () => {
    const newest = (await readLedgerKey()).checkpoint;
    for (const index of [0, answered, (newest?.size ?? 0) - 1]) {
      const proof = await showLedgerProof(compliance, index);
      expect(proof).toMatchObject({ size: newest?.size, holds: true });
      expect(proof.proof?.startsWith(`c2sp.org/tlog-proof@v1\nindex ${index}\n`)).toBe(true);
      expect(proof.proof?.endsWith(`\n\n${newest?.note ?? "?"}`)).toBe(true);
      expect(proof.proof?.split("\n\n")[0]?.split("\n").length).toBe(2 + proof.length);
    }
  });

  it("is not found beyond the end", async () => {
    await expect(showLedgerProof(compliance, 1_000_000)).rejects.toMatchObject({ code: "not-found" });
  });
});
