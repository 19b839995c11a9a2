import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { toHex } from "@/lib/data/digest";
import { Batch, type Head } from "@/lib/data/ledger/batch";
import { findHead } from "@/lib/data/ledger/head";
import { writeBatch } from "@/lib/data/ledger/rows";
import { keyedHash, seal, sealForHouse } from "@/lib/data/seal";
import { settings } from "@/lib/data/settings/settings";
import type { PermissionState } from "@/lib/domain/decision";
import { refOf, type Published } from "./seed-publications";

/** Ids and digests that the rows point at. */
type Subjects = { readonly big: Subject; readonly small: Subject; readonly policy: Subject };
type Subject = { readonly id: string; readonly shown: Uint8Array };

export type Seeding = { readonly people: number; readonly few: number; readonly from: Date; readonly until: Date; readonly published: Published };

/** People who come by at the same moment. */
const chunkOf = (people: number): number => Math.min(10_000, Math.ceil(people / 90));

/** Of ten people seven said yes, two no, and one took it back. */
export const stateOf = (n: number): PermissionState => (n % 10 < 7 ? "granted" : n % 10 < 9 ? "refused" : "withdrawn");

/**
 * Adds the people from 1 on, each sealed under a key of their own, with an answer to the use in question, every fourth
 * with one to the policy, the first `few` with one to the other use; and an entry in the ledger for every answer, linked
 * and hashed as the one door does. Rows go in by sets, as the owner of the tables.
 */
export async function seedPeople(owner: pg.Client, seeding: Seeding): Promise<void> {
  const subjects = await readSubjects(owner, seeding.published);
  const chunk = chunkOf(seeding.people);
  for (let from = 1; from < seeding.people; from += chunk) {
    const made = make(seeding, subjects, await findHead(owner, momentOf(seeding, from)), from, Math.min(from + chunk, seeding.people));
    await owner.query("BEGIN");
    await write(owner, made);
    await owner.query("COMMIT");
  }
}

/** People come by one after the other, evenly over the time. */
const momentOf = ({ people, from, until }: Seeding, n: number): Date => new Date(from.getTime() + Math.floor((n / people) * (until.getTime() - from.getTime())));

async function readSubjects(owner: pg.Client, { big, small, policy }: Published): Promise<Subjects> {
  const one = async (text: string, key: string): Promise<Subject> => {
    const { rows } = await owner.query<Subject>(text, [key]);
    if (!rows[0]) throw new Error(`nobody has answered ${key} yet`);
    return rows[0];
  };
  const use = "SELECT u.id, p.shown FROM data_use u JOIN permission p ON p.use_id = u.id WHERE u.key = $1 AND p.shown IS NOT NULL LIMIT 1";
  return {
    big: await one(use, big),
    small: await one(use, small),
    policy: await one("SELECT o.id, a.shown FROM policy o JOIN acceptance a ON a.policy_id = o.id WHERE o.key = $1 AND a.shown IS NOT NULL LIMIT 1", policy.key),
  };
}

type Answer = { readonly subject: Subject; readonly person: string; readonly state: string; readonly version: number; readonly shown: Uint8Array | null; readonly at: Date; readonly index: bigint };
type Made = ReturnType<typeof make>;

function make(seeding: Seeding, subjects: Subjects, head: Head, from: number, to: number) {
  const { few, published } = seeding;
  const persons: { id: string; refHash: Uint8Array; wrapped: Uint8Array; sealed: Uint8Array; at: Date }[] = [];
  const permissions: Answer[] = [];
  const acceptances: Answer[] = [];
  const batch = new Batch(head, settings().ledgerName);
  const at = head.now;
  for (let n = from; n < to; n++) {
    const [id, key, ref, request] = [randomUUID(), randomBytes(32), refOf(n), { name: toHex(randomBytes(16)), digest: null }];
    const identity = JSON.stringify({ ref, email: null, name: `Bench ${n}` });
    persons.push({ id, refHash: keyedHash("ref", ref), wrapped: sealForHouse(key), sealed: seal(key, Buffer.from(identity)), at });
    const common = { v: 3, person: id, channel: "host", identity: null } as const;
    const permit = (use: string, subject: Subject) => {
      const state = stateOf(n);
      const shown = state === "withdrawn" ? null : subject.shown;
      const { index } = batch.append({ ...common, kind: "permission-answered", use, version: 1, answer: state, shown: shown && toHex(shown), expiresAt: null }, { person: id }, request);
      permissions.push({ subject, person: id, state, version: 1, shown, at, index });
    };
    permit(published.big, subjects.big);
    if (n < few) permit(published.small, subjects.small);
    if (n % 4 === 0) {
      const { key: policy, version, answer } = published.policy;
      const { shown } = subjects.policy;
      const { index } = batch.append({ ...common, kind: "policy-answered", policy, version, answer, shown: toHex(shown) }, { person: id }, request);
      acceptances.push({ subject: subjects.policy, person: id, state: answer, version, shown, at, index });
    }
  }
  return { persons, permissions, acceptances, ledger: writeBatch(batch.close()) };
}

async function write(owner: pg.Client, { persons, permissions, acceptances, ledger }: Made): Promise<void> {
  await owner.query("INSERT INTO person (id, ref_hash, wrapped_key, sealed, created_at) SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::timestamptz[])", [
    persons.map(({ id }) => id),
    persons.map(({ refHash }) => refHash),
    persons.map(({ wrapped }) => wrapped),
    persons.map(({ sealed }) => sealed),
    persons.map(({ at }) => at),
  ]);
  await owner.query(ledger);
  await writeAnswers(owner, "permission (person_id, use_id", permissions);
  await writeAnswers(owner, "acceptance (person_id, policy_id", acceptances);
}

async function writeAnswers(owner: pg.Client, table: string, answers: readonly Answer[]): Promise<void> {
  await owner.query(
    `INSERT INTO ${table}, state, version, answered_at, channel, shown, entry_index)
     SELECT a.person, a.subject, a.state, a.version, a.at, 'host', a.shown, a.index
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::timestamptz[], $6::bytea[], $7::bigint[]) a (person, subject, state, version, at, shown, index)`,
    [
      answers.map(({ person }) => person),
      answers.map(({ subject }) => subject.id),
      answers.map(({ state }) => state),
      answers.map(({ version }) => version),
      answers.map(({ at }) => at),
      answers.map(({ shown }) => shown),
      answers.map(({ index }) => index),
    ],
  );
}
