import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { erasePerson, suppress } from "@/lib/data/forgetting";
import { verifyLedger } from "@/lib/data/ledger/verify";
import { compareWithWitness, witnessedNow, witnessLedger } from "@/lib/data/ledger/witness";
import { readErasures } from "@/lib/data/ledger/witness-folder";
import { parseEntry } from "@/lib/data/ledger/write";
import { queueMail } from "@/lib/data/outbox";
import { insertPersons } from "@/lib/data/persons";
import { keyedHash } from "@/lib/data/seal";
import { settings } from "@/lib/data/settings/settings";
import { house, type PersonActor, type ProgramActor, type StaffActor } from "@/lib/domain/actor";
import { addPerson } from "@/lib/usecases/add-person";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askableUse, bikes, newStaff, publishTerms, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { decideMany } from "@/lib/usecases/decide";
import { exportAnswers } from "@/lib/usecases/export-acceptance-answers";
import { forgetAgain, forgetPerson, forgetPersonOfHost } from "@/lib/usecases/forget-person";
import { meetStranger } from "@/lib/usecases/meet-person";
import { mintPersonLink } from "@/lib/usecases/mint-person-link";
import { acceptRestoredLedger } from "@/lib/usecases/witness-ledger";
import { openPersonLink } from "@/lib/usecases/open-person-link";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

let base: TestDatabase;
let superuser: pg.Client;
let compliance: StaffActor;
const shop: ProgramActor = { kind: "program", keyId: randomUUID(), scopes: ["ask", "decide"], person: null };

beforeAll(async () => {
  base = await openTestDatabase();
  superuser = new pg.Client({ connectionString: base.superuserUrl });
  await superuser.connect();
  compliance = await newStaff("compliance");
});
afterAll(async () => {
  await Promise.all([superuser.end(), closeDatabase()]);
  await base.drop();
});

type Known = { readonly actor: PersonActor; readonly ref: string; readonly email: string; readonly name: string };
let ana: Known;
beforeEach(async () => {
  ana = await meet();
});

async function meet(): Promise<Known> {
  const mark = randomUUID().slice(0, 13);
  const [ref, email, name] = [`customer-${mark}`, `ana.${mark}@example.test`, `Ana Björk ${mark}`];
  const { id } = await addPerson(house, { ref, email, name, locale: "en" });
  return { actor: { kind: "person", id, channel: "host" }, ref, email, name };
}

const forget = (who: Known, leaveAlone = true, requestId: string = randomUUID()) => forgetPerson(compliance, { person: who.actor.id, leaveAlone, requestId });
const answer = async (who: Known, key: string, given: "granted" | "refused" = "granted") => {
  const question = (await askQuestions(who.actor)).find((one) => one.kind === "permission" && one.use === key);
  return answerQuestions(who.actor, { requestId: randomUUID(), answers: [{ token: question!.token, answer: given }] });
};
const entriesOf = async (id: string) => (await database().ledgerEntry.findMany({ where: { personId: id }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));
const decisionOn = async (ref: string, use: string) => (await decideMany(shop, [{ person: ref, use }]))[0];

describe("forgetting", () => {
  test("leaves a random id and its entries, and the ledger verifies", async () => {
    const key = await askableUse();
    await answer(ana, key);
    const { link } = await mintPersonLink(shop, ana.ref);
    await openPersonLink(link.slice(link.lastIndexOf("/") + 1));
    await mintPersonLink(shop, ana.ref);
    await queueMail(database(), { to: ana.email, subject: "Your link", text: "Here it is." }, ana.actor.id);
    const hanging = () => Promise.all([
      database().permission.count({ where: { personId: ana.actor.id } }),
      database().serving.count({ where: { personId: ana.actor.id } }),
      database().personLink.count({ where: { personId: ana.actor.id } }),
      database().personSession.count({ where: { personId: ana.actor.id } }),
      database().outbox.count({ where: { personId: ana.actor.id } }),
    ]);
    for (const count of await hanging()) expect(count).toBeGreaterThan(0);
    const before = await database().tally.findMany({ where: { state: { in: ["granted", "person"] } } });
    await forget(ana);

    const row = await database().person.findUniqueOrThrow({ where: { id: ana.actor.id } });
    expect(row).toMatchObject({ refHash: null, emailHash: null, wrappedKey: null, sealed: null, commitment: null });
    expect(row.forgottenAt).not.toBeNull();
    expect(await hanging()).toEqual([0, 0, 0, 0, 0]);
    const after = await database().tally.findMany({ where: { state: { in: ["granted", "person"] } } });
    expect(after.reduce((sum, { count }) => sum + Number(count), 0)).toBe(before.reduce((sum, { count }) => sum + Number(count), 0) - 2);

    expect((await entriesOf(ana.actor.id)).map(({ kind }) => kind)).toEqual(["permission-answered", "person-forgotten"]);
    expect(await decisionOn(ana.ref, key)).toMatchObject({ allowed: false, reason: "never-asked" });
    await witnessLedger();
    expect(await verifyLedger(await witnessedNow())).toMatchObject({ fault: null });
  });

  test("is for compliance, for somebody who is there, and once; sent twice it is done once", async () => {
    for (const role of ["officer", "approver", "admin"] as const) {
      expect((await refusalOf(forgetPerson(await newStaff(role), { person: ana.actor.id, leaveAlone: true, requestId: randomUUID() }))).code).toBe("forbidden");
    }
    expect((await refusalOf(forgetPerson(compliance, { person: randomUUID(), leaveAlone: true, requestId: randomUUID() }))).code).toBe("not-found");
    const requestId = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => forget(ana, true, requestId)));
    expect((await entriesOf(ana.actor.id)).filter(({ kind }) => kind === "person-forgotten")).toHaveLength(1);
    expect((await refusalOf(forget(ana))).code).toBe("nothing-changed");
  });

  test("ends every question that was open: no answer and no withdrawal is taken any more", async () => {
    const key = await askableUse();
    const [question] = (await askQuestions(ana.actor)).filter((one) => one.kind === "permission" && one.use === key);
    await forget(ana);
    expect((await refusalOf(answerQuestions(ana.actor, { requestId: randomUUID(), answers: [{ token: question!.token, answer: "granted" }] }))).code).toBe("question-unknown");
    expect((await refusalOf(withdrawPermission(ana.actor, { use: key, requestId: randomUUID() }))).code).toBe("not-found");
    const insert = `INSERT INTO permission (person_id, use_id, state, version, answered_at, channel, entry_index) SELECT $1, id, 'granted', 1, now(), 'x', 0 FROM data_use LIMIT 1`;
    await expect(superuser.query(insert, [ana.actor.id])).rejects.toThrow("who is forgotten answers nothing");
    for (const made of [
      "INSERT INTO person_link (digest, person_id, channel, expires_at) VALUES (sha256('x'), $1, 'mail', now())",
      "INSERT INTO person_session (digest, person_id, expires_at) VALUES (sha256('x'), $1, now())",
      "INSERT INTO serving (person_id, shown, channel) VALUES ($1, sha256('x'), 'x')",
      "INSERT INTO outbox (kind, sealed, person_id) VALUES ('mail', '', $1)",
    ]) await expect(superuser.query(made, [ana.actor.id]), made).rejects.toThrow("who is forgotten answers nothing");
    await expect(superuser.query("UPDATE person SET forgotten_at = NULL WHERE id = $1", [ana.actor.id])).rejects.toThrow("stays forgotten");
  });

  test("races with answers: whoever comes second finds what is true", async () => {
    const key = await askableUse();
    const people = await Promise.all(Array.from({ length: 12 }, () => meet()));
    const tokens = await Promise.all(people.map(async (one) => (await askQuestions(one.actor)).find((q) => q.kind === "permission" && q.use === key)!.token));
    await Promise.allSettled(people.flatMap((one, i) => [forget(one), answerQuestions(one.actor, { requestId: randomUUID(), answers: [{ token: tokens[i]!, answer: "granted" }] })]));
    for (const one of people) {
      expect(await database().permission.count({ where: { personId: one.actor.id } })).toBe(0);
      expect((await entriesOf(one.actor.id)).at(-1)?.kind).toBe("person-forgotten");
    }
  });

  const waiting = async () =>
    (await superuser.query<{ count: number }>("SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%take_in%'")).rows[0]!.count;
  const takeIn = (who: Known) => [
    meetStranger(who.ref),
    addPerson(house, { ref: who.ref, email: undefined, name: undefined, locale: "en" }),
    addPerson(house, { ref: undefined, email: who.email, name: undefined, locale: "en" }),
  ];
  const codesOf = async (all: readonly Promise<unknown>[]) => (await Promise.allSettled(all)).map((one) => (one.status === "rejected" ? (one.reason as { code: string }).code : "taken in"));

  test("waits for whoever is forgetting somebody, and does not take them in again behind it", async () => {
    const { together, others } = await database().$transaction(async (tx) => {
      await erasePerson(tx, ana.actor.id, new Date());
      await suppress(tx, ana);
      const asked = {
        together: insertPersons([ana.ref, `beside ${ana.ref}`].map((ref) => ({ ref, email: null, name: null, locale: null }))),
        others: codesOf(takeIn(ana)),
      };
      await expect.poll(waiting, { interval: 10 }).toBe(4);
      return asked;
    });
    expect(await others).toEqual(["suppressed", "suppressed", "suppressed"]);
    expect(await together, "only who was not forgotten").toHaveLength(1);
  });

  test("races with meeting: whoever is to be left alone is not known afterwards", async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => meet()));
    await Promise.allSettled(people.flatMap((one) => [...takeIn(one), forget(one), ...takeIn(one), ...takeIn(one)]));
    expect(new Set(await codesOf(people.flatMap(takeIn)))).toEqual(new Set(["suppressed"]));
    const left = people.flatMap(({ ref, email }) => [keyedHash("ref", ref), keyedHash("email", email)]);
    expect(await database().person.count({ where: { OR: [{ refHash: { in: left } }, { emailHash: { in: left } }] } })).toBe(0);
  });

  test("leaves an address and a number alone where that was wanted, by hashes that lead nowhere", async () => {
    const free = await meet();
    await forget(ana);
    await forget(free, false);
    expect(await refusalOf(addPerson(house, { ref: undefined, email: ana.email, name: undefined, locale: "en" }))).toMatchObject({ code: "suppressed", faults: [{ path: "email" }] });
    expect(await refusalOf(addPerson(house, { ref: ana.ref, email: undefined, name: undefined, locale: "en" }))).toMatchObject({ code: "suppressed", faults: [{ path: "ref" }] });
    expect((await refusalOf(mintPersonLink(shop, ana.ref))).code).toBe("suppressed");
    expect((await addPerson(house, { ref: free.ref, email: free.email, name: undefined, locale: "en" })).added).toBe(true);

    const key = `interest-${randomUUID()}`;
    await publishTerms(key, { ...bikes, legalBasis: "legitimate-interests" });
    expect(await decisionOn(ana.ref, key)).toMatchObject({ allowed: false, reason: "objected" });
    const asked = await askableUse();
    const both = await decideMany(shop, [key, asked].map((use) => ({ person: ana.ref, use })));
    expect(both.map(({ reason }) => reason)).toEqual(["objected", "never-asked"]);
    expect(await decisionOn("somebody new", key)).toMatchObject({ allowed: true, reason: "not-required" });
    await expect(database().suppression.deleteMany({})).rejects.toThrow();
  });

  test("asked for by a host under one name for two people forgets both, and the same again says nothing", async () => {
    const ben = await meet();
    const keeper: ProgramActor = { ...shop, scopes: ["remember"] };
    for (const { ref } of [ana, ben, ana]) await forgetPersonOfHost(keeper, { ref, leaveAlone: false, request: "nightly" });
    const rows = await database().person.findMany({ where: { id: { in: [ana.actor.id, ben.actor.id] } }, select: { forgottenAt: true } });
    expect(rows.map(({ forgottenAt }) => forgottenAt !== null)).toEqual([true, true]);
  });

  test("leaves no byte that identifies the person in the database's files, what left the house, or what is downloaded", async () => {
    const key = await askableUse();
    const other = await meet();
    await answer(ana, key);
    await answer(other, key);
    await mintPersonLink(shop, ana.ref);
    await forget(ana);
    await witnessLedger();
    const { body } = await exportAnswers(compliance, { kind: "use", key, version: 1, request: randomUUID() });
    const csv = await new Response(body).text();
    expect(csv).toContain(other.actor.id);
    for (const word of [ana.ref, ana.email, ana.name, ana.actor.id]) expect(csv).not.toContain(word);
    await superuser.query("CHECKPOINT");
    const { rows: [where] } = await superuser.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    const folders = [where!.folder, settings().directory, settings().witness.folder];
    // A search that finds nothing must be able to find something.
    expect(filesWith(folders, key)).not.toEqual([]);
    for (const word of [ana.ref, ana.email, ana.name, ana.name.split(" ").at(-1)!]) expect(filesWith(folders, word), word).toEqual([]);
  }, 120_000);
});

describe("a restored backup", () => {
  test("brings nobody back, and the ledger goes on from it in the open", async () => {
    const stays = await meet();
    await answer(stays, await askableUse());
    await witnessLedger();
    await superuser.query("CREATE TABLE backup_person AS TABLE person; CREATE TABLE backup_entry AS TABLE ledger_entry; CREATE TABLE backup_node AS TABLE ledger_node; CREATE TABLE backup_checkpoint AS TABLE ledger_checkpoint; CREATE TABLE backup_suppression AS TABLE suppression");
    await forget(ana);
    // Noted before anything else leaves the house: the backup may be put back at any moment.
    expect((await readErasures(settings().witness.folder)).at(-1)).toMatchObject({ person: ana.actor.id, suppressed: true });
    await witnessLedger();

    await superuser.query(`SET session_replication_role = replica; TRUNCATE ledger_entry, ledger_node, ledger_checkpoint, suppression;
      DELETE FROM person WHERE id = '${ana.actor.id}'; INSERT INTO person SELECT * FROM backup_person WHERE id = '${ana.actor.id}';
      INSERT INTO ledger_entry SELECT * FROM backup_entry; INSERT INTO ledger_node SELECT * FROM backup_node; INSERT INTO ledger_checkpoint SELECT * FROM backup_checkpoint;
      INSERT INTO suppression SELECT * FROM backup_suppression; SET session_replication_role = DEFAULT`);
    expect((await database().person.findUniqueOrThrow({ where: { id: ana.actor.id } })).sealed).not.toBeNull();
    expect((await compareWithWitness(database())).state).toBe("behind");

    expect(await forgetAgain(house)).toBe(1);
    expect(await forgetAgain(house)).toBe(0);
    expect(await database().person.findUniqueOrThrow({ where: { id: ana.actor.id } })).toMatchObject({ sealed: null, refHash: null });
    expect((await entriesOf(ana.actor.id)).at(-1)).toMatchObject({ kind: "person-forgotten", again: true, suppressed: true });
    expect((await refusalOf(addPerson(house, { ref: ana.ref, email: undefined, name: undefined, locale: "en" }))).code).toBe("suppressed");

    expect(["behind", "forked"]).toContain((await witnessLedger()).state);
    expect((await verifyLedger(await witnessedNow())).fault).not.toBeNull();
    const { aside } = await acceptRestoredLedger(house, new Date());
    expect(readdirSync(path.join(settings().witness.folder, aside))).toContain("checkpoint");
    expect((await compareWithWitness(database())).state).toBe("up-to-date");
    expect((await verifyLedger(await witnessedNow())).fault).toBeNull();
    const last = await database().ledgerEntry.findFirstOrThrow({ orderBy: { index: "desc" } });
    expect(last.kind).toBe("ledger-restored");
    expect((await refusalOf(acceptRestoredLedger(house, new Date()))).code).toBe("nothing-changed");
    expect((await refusalOf(forgetAgain(compliance))).code).toBe("forbidden");
  });
});

/** The files beneath these folders that hold these bytes. */
function filesWith(folders: readonly string[], word: string): string[] {
  const wanted = Buffer.from(word, "utf8");
  const found: string[] = [];
  const look = (place: string): void => {
    for (const entry of there(() => readdirSync(place, { withFileTypes: true })) ?? []) {
      const at = path.join(place, entry.name);
      if (entry.isDirectory()) look(at);
      else if (entry.isFile() && there(() => readFileSync(at))?.includes(wanted)) found.push(at);
    }
  };
  for (const folder of folders) look(folder);
  return found;
}

/** What reading gives, or null for what is gone: PostgreSQL takes files away while others look, and whole databases of other tests. */
function there<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
}
