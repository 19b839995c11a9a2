import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import type { PersonActor, StaffActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askableUse, newPerson, newStaff, publishText } from "@/lib/usecases/ask-questions.fixture";
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
    expect(await database().permission.count({ where: { personId: dee.id } })).toBe(1);
  });
});
