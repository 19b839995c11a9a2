import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { house, type PersonActor, type ProgramActor, type StaffActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { decideMany } from "@/lib/usecases/decide";
import { importConsents } from "@/lib/usecases/import-consents";
import { answerQuestionsByProgram } from "@/lib/usecases/answer-questions-by-program";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { addPerson } from "@/lib/usecases/add-person";
import { askableUse, kept, newPerson, newStaff, publishTerms, publishText } from "@/lib/usecases/ask-questions.fixture";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { verifyWholeLedger } from "@/lib/usecases/verify-ledger";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

let base: TestDatabase;
let superuser: pg.Client;
let compliance: StaffActor;

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

async function answerAll(person: PersonActor): Promise<void> {
  const questions = await askQuestions(person);
  const answers = questions.map(({ token, choices }) => ({ token, answer: choices[0]!.answer }));
  await answerQuestions(person, { requestId: randomUUID(), answers });
}

const fault = async () => (await verifyWholeLedger(compliance)).fault;
const entryOf = async (table: string, person: PersonActor) =>
  Number((await superuser.query<{ index: string }>(`SELECT entry_index AS index FROM ${table} WHERE person_id = $1`, [person.id])).rows[0]!.index);

describe("what decisions rest on", () => {
  it("agrees with the ledger after answers, withdrawals and forgetting, and whoever changes it behind our back is found", async () => {
    const key = await askableUse();
    const policy = `policy-${randomUUID()}`;
    await publishText(policy, { asks: "accept" });
    const [ann, ben, cem] = [await newPerson(), await newPerson(), await newPerson()];
    for (const person of [ann, ben, cem]) await answerAll(person);
    await withdrawPermission(ann, { use: key, requestId: randomUUID() });
    await forgetPerson(compliance, { person: cem.id, leaveAlone: false, requestId: randomUUID() });
    expect(await fault()).toBeNull();

    const [permission, acceptance] = [await entryOf("permission", ben), await entryOf("acceptance", ben)];
    const changes: readonly (readonly [string, string, number])[] = [
      ["UPDATE permission SET state = 'refused' WHERE person_id = $1", ben.id, permission],
      ["UPDATE permission SET version = 9 WHERE person_id = $1", ben.id, permission],
      ["UPDATE permission SET answered_at = answered_at - interval '1 day' WHERE person_id = $1", ben.id, permission],
      ["UPDATE permission SET shown = sha256('other') WHERE person_id = $1", ben.id, permission],
      ["UPDATE permission SET expires_at = now() + interval '9 years' WHERE person_id = $1", ben.id, permission],
      ["DELETE FROM permission WHERE person_id = $1", ben.id, permission],
      ["UPDATE acceptance SET state = 'refused' WHERE person_id = $1", ben.id, acceptance],
      ["DELETE FROM acceptance WHERE person_id = $1", ben.id, acceptance],
      // The yes that was taken back is brought to life again.
      [`UPDATE permission SET state = 'granted', entry_index = (SELECT min(index) FROM ledger_entry WHERE person_id = $1 AND kind = 'permission-answered') WHERE person_id = $1`, ann.id, await entryOf("permission", ann)],
    ];
    for (const [change, person, index] of changes) {
      await superuser.query("CREATE TABLE kept_permission AS TABLE permission; CREATE TABLE kept_acceptance AS TABLE acceptance");
      await superuser.query(change, [person]);
      expect(await fault(), change).toMatchObject({ index });
      await superuser.query(
        "TRUNCATE permission, acceptance; INSERT INTO permission SELECT * FROM kept_permission; INSERT INTO acceptance SELECT * FROM kept_acceptance; DROP TABLE kept_permission, kept_acceptance",
      );
      expect(await fault()).toBeNull();
    }

    // A permission for somebody who never answered.
    const dee = await newPerson();
    await superuser.query("INSERT INTO permission SELECT $1, use_id, state, version, answered_at, expires_at, channel, shown, entry_index FROM permission WHERE person_id = $2", [dee.id, ben.id]);
    expect(await fault()).toMatchObject({ index: permission });
    await superuser.query("DELETE FROM permission WHERE person_id = $1", [dee.id]);
    expect(await fault()).toBeNull();
  });

  it("agrees where deals are kept, used up and brought in, and whoever changes one of these behind our back is found", async () => {
    const [keeping, once, brought] = [await askableUse(), await askableUse(), await askableUse()];
    const ref = randomUUID();
    const { id } = await addPerson(house, { ref, email: undefined, name: undefined, locale: "en" });
    const shop: ProgramActor = { kind: "program", keyId: randomUUID(), scopes: ["ask", "decide"], person: null };
    const person: PersonActor = { kind: "person", id, channel: "host" };
    const say = async (use: string, answer: "granted" | "kept", bounded = false) => {
      const { token } = await askQuestionsAgain(person, { kind: "permission", key: use });
      await answerQuestionsByProgram(shop, { person: ref, channel: "api", answers: [{ token, answer, once: bounded }] }, null);
    };
    await say(keeping, "granted");
    await publishTerms(keeping, kept(24));
    await say(keeping, "kept");
    await say(once, "granted", true);
    await decideMany(shop, [{ person: ref, use: once }]);
    await importConsents(shop, { source: "Before", consents: [{ person: ref, use: brought, version: 1, answer: "granted", answeredAt: "2024-01-01T00:00:00.000Z" }] }, null);
    expect(await fault()).toBeNull();

    const indexOf = async (use: string) => Number((await database().permission.findFirstOrThrow({ where: { personId: id, use: { key: use } } })).entryIndex);
    const changes: readonly (readonly [string, string])[] = [
      ["SET declined = NULL", keeping],
      ["SET declined = 3", keeping],
      ["SET version = 2, declined = NULL", keeping],
      ["SET once = true", keeping],
      ["SET used_at = NULL", once],
      ["SET used_at = used_at - interval '1 second'", once],
      ["SET used_at = NULL, once = false", once],
      ["SET imported_from = NULL, imported_at = NULL", brought],
      ["SET imported_from = 'Elsewhere'", brought],
      ["SET imported_at = now()", brought],
    ];
    for (const [change, use] of changes) {
      const index = await indexOf(use);
      const mine = "person_id = $1 AND use_id = (SELECT id FROM data_use WHERE key = $2)";
      await superuser.query(`CREATE TABLE kept_permission AS TABLE permission`);
      await superuser.query(`UPDATE permission ${change} WHERE ${mine}`, [id, use]);
      expect(await fault(), change).toMatchObject({ index });
      await superuser.query("TRUNCATE permission; INSERT INTO permission SELECT * FROM kept_permission; DROP TABLE kept_permission");
      expect(await fault()).toBeNull();
    }

    // Somebody with the keys of the house writes that the one decision was made twice.
    const of = await indexOf(once);
    const index = await writeToLedger({ house: true }, randomUUID(), async ({ append }) => Number(append({ kind: "permission-used", v: 1, person: id, use: once, version: 1, of }).index), async () => -1);
    expect(await fault()).toMatchObject({ index });
  });
});
