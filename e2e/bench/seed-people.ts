import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { canonicalJson, fromHex, sha256, toHex } from "@/lib/data/digest";
import { signCheckpoint } from "@/lib/data/ledger/checkpoint";
import { keyedHash, seal, sealForHouse } from "@/lib/data/seal";
import type { PermissionState } from "@/lib/domain/decision";
import { personOf, subjectOf, type Entry, type Fact } from "@/lib/domain/entry";
import { grow, leafHash, peaksOf, rootOf } from "@/lib/domain/merkle";
import { refOf, type Published } from "./seed-publications";

/** Ids and digests that the rows point at. */
type Subjects = { readonly big: Subject; readonly small: Subject; readonly policy: Subject };
type Subject = { readonly id: string; readonly shown: Uint8Array };

export type Seeding = { readonly people: number; readonly few: number; readonly from: Date; readonly until: Date; readonly published: Published };

const chunk = 10_000;

/** Of ten people seven said yes, two no, and one took it back. */
export const stateOf = (n: number): PermissionState => (n % 10 < 7 ? "granted" : n % 10 < 9 ? "refused" : "withdrawn");

/**
 * Adds the people from 1 on, each sealed under a key of their own, with an answer to the use in question, every fourth
 * with one to the policy, the first `few` with one to the other use; and an entry in the ledger for every answer, linked
 * and hashed as the one door does. Rows go in by sets, as the owner of the tables.
 */
export async function seedPeople(owner: pg.Client, seeding: Seeding): Promise<void> {
  const subjects = await readSubjects(owner, seeding.published);
  let head = await readHead(owner);
  for (let from = 1; from < seeding.people; from += chunk) {
    const made = make(seeding, subjects, head, from, Math.min(from + chunk, seeding.people));
    head = made.head;
    await owner.query("BEGIN");
    await write(owner, made);
    await owner.query("COMMIT");
  }
  const root = rootOf(sha256, head.peaks);
  await owner.query("INSERT INTO ledger_checkpoint (size, root, note, signed_at) VALUES ($1, $2, $3, $4)", [head.size, root, signCheckpoint(head.size, root), seeding.until]);
}

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

type Head = { readonly size: bigint; readonly previous: string; readonly peaks: readonly Uint8Array[] };

async function readHead(owner: pg.Client): Promise<Head> {
  const { rows } = await owner.query<{ index: string; leaf: Uint8Array }>("SELECT index, leaf FROM ledger_entry ORDER BY index DESC LIMIT 1");
  if (!rows[0]) throw new Error("the ledger is empty");
  const size = BigInt(rows[0].index) + 1n;
  const peaks: Uint8Array[] = [];
  for (const { level, position } of peaksOf(size)) {
    const { rows: nodes } = await owner.query<{ hash: Uint8Array }>("SELECT hash FROM ledger_node WHERE level = $1 AND position = $2", [level, position]);
    if (!nodes[0]) throw new Error("the ledger's tree has a hole");
    peaks.push(nodes[0].hash);
  }
  return { size, previous: toHex(rows[0].leaf), peaks };
}

type Answer = { readonly subject: Subject; readonly person: string; readonly state: string; readonly version: number; readonly shown: Uint8Array | null; readonly at: Date; readonly index: bigint };
type Made = ReturnType<typeof make>;

function make({ people, few, from: opening, until, published }: Seeding, subjects: Subjects, head: Head, from: number, to: number) {
  const persons: { id: string; refHash: Uint8Array; wrapped: Uint8Array; sealed: Uint8Array; at: Date }[] = [];
  const permissions: Answer[] = [];
  const acceptances: Answer[] = [];
  const entries: { entry: Entry; leaf: Uint8Array; body: string; previous: string; at: Date; request: string; place: number }[] = [];
  let previous = head.previous;
  for (let n = from; n < to; n++) {
    const at = new Date(opening.getTime() + Math.floor((n / people) * (until.getTime() - opening.getTime())));
    const [id, key, ref, request] = [randomUUID(), randomBytes(32), refOf(n), randomUUID()];
    const identity = JSON.stringify({ ref, email: null, name: `Bench ${n}` });
    persons.push({ id, refHash: keyedHash("ref", ref), wrapped: sealForHouse(key), sealed: seal(key, Buffer.from(identity)), at });
    let place = 0;
    const append = (fact: Fact): bigint => {
      const index = head.size + BigInt(entries.length);
      const entry: Entry = { ...fact, index: Number(index), at: at.toISOString(), previous, by: { person: id } };
      const body = canonicalJson(entry);
      const leaf = leafHash(sha256, Buffer.from(body));
      entries.push({ entry, leaf, body, previous, at, request, place: place++ });
      previous = toHex(leaf);
      return index;
    };
    const permit = (use: string, subject: Subject) => {
      const state = stateOf(n);
      const shown = state === "withdrawn" ? null : subject.shown;
      const index = append({ kind: "permission-answered", v: 1, person: id, use, version: 1, answer: state, shown: shown && toHex(shown), channel: "host", expiresAt: null });
      permissions.push({ subject, person: id, state, version: 1, shown, at, index });
    };
    permit(published.big, subjects.big);
    if (n < few) permit(published.small, subjects.small);
    if (n % 4 === 0) {
      const { key: policy, version, answer } = published.policy;
      const { shown } = subjects.policy;
      const index = append({ kind: "policy-answered", v: 1, person: id, policy, version, answer, shown: toHex(shown), channel: "host" });
      acceptances.push({ subject: subjects.policy, person: id, state: answer, version, shown, at, index });
    }
  }
  const grown = grow(sha256, head.size, head.peaks, entries.map(({ leaf }) => leaf));
  return { persons, permissions, acceptances, entries, nodes: grown.nodes, head: { size: grown.size, previous, peaks: grown.peaks } };
}

async function write(owner: pg.Client, { persons, permissions, acceptances, entries, nodes }: Made): Promise<void> {
  await owner.query("INSERT INTO person (id, ref_hash, wrapped_key, sealed, created_at) SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::timestamptz[])", [
    persons.map(({ id }) => id),
    persons.map(({ refHash }) => refHash),
    persons.map(({ wrapped }) => wrapped),
    persons.map(({ sealed }) => sealed),
    persons.map(({ at }) => at),
  ]);
  await owner.query(
    `INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, person_id, subject, request_id, request_position)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::timestamptz[], $7::uuid[], $8::text[], $9::text[], $10::int[])`,
    [
      entries.map(({ entry }) => entry.index),
      entries.map(({ entry }) => entry.kind),
      entries.map(({ body }) => body),
      entries.map(({ leaf }) => leaf),
      entries.map((one) => fromHex(one.previous)),
      entries.map(({ at }) => at),
      entries.map(({ entry }) => personOf(entry)),
      entries.map(({ entry }) => subjectOf(entry)),
      entries.map(({ request }) => request),
      entries.map(({ place }) => place),
    ],
  );
  await owner.query("INSERT INTO ledger_node (level, position, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])", [
    nodes.map(({ level }) => level),
    nodes.map(({ position }) => position),
    nodes.map(({ hash }) => hash),
  ]);
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
