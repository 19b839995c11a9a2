import { randomUUID } from "node:crypto";
import pg from "pg";
import { database } from "@/lib/data/client";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import { readInclusion } from "@/lib/data/ledger/proofs";
import { verifyLedger } from "@/lib/data/ledger/verify";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "@/lib/delivery/cli/household";
import type { BenchGround } from "./ground";
import { postgresTime } from "./postgres-time";
import type { Seeded } from "./seed";
import { median, quantile } from "./statistics";
import { atLeast, atMost, micros, millis, perSecond, seconds as timeOf, times, whole, type Row } from "./table";

/** How many answers are under way at once. */
const loads = [
  { callers: 10, wanted: 6_000 },
  { callers: 100, wanted: 20_000 },
] as const;

/** A ledger as tall as a large company's after years. */
const tall = 10_000_000;

/** Answers recorded in the ledger, beside plain inserts of the same words on the same database, turn about. */
export async function measureLedger(household: Household, ground: BenchGround, seeded: Seeded, seconds: number): Promise<Row[]> {
  const rows: Row[] = [];
  const append = await appender(seeded);
  const plain = await plainInserts(ground);
  try {
    for (const { callers, wanted } of loads) {
      household.goOn();
      await load(ground, callers, 1, append);
      const beside = await load(ground, callers, seconds, plain.insert);
      const ours = await load(ground, callers, seconds, append);
      const ratio = times(ours.perSecond / beside.perSecond);
      rows.push(
        atLeast(wanted, ours.perSecond, perSecond, { what: `Answers recorded, signed and on disk, ${callers} at once`, beside: `${ratio} plain unchained inserts (${perSecond(beside.perSecond)})` }),
        atMost(15, ours.p99, millis, { what: "The slowest of a hundred of these", beside: `median ${millis(ours.median)}; ${micros(ours.node)} of Node’s processor time each, ${ours.postgres === null ? "" : `${micros(ours.postgres)} of PostgreSQL’s`}` }),
      );
    }
  } finally {
    await plain.end();
  }
  household.goOn();
  rows.push(await verification());
  household.goOn();
  rows.push(await inclusionInTallTree(ground));
  return rows;
}

/** Every entry from its bytes, every node, every signature; without a witness. */
async function verification(): Promise<Row> {
  const began = performance.now();
  const { holds, fault } = await verifyLedger(null);
  const took = (performance.now() - began) / 1000;
  if (fault) throw new PlainError(`The ledger does not verify: entry ${fault.index}, ${fault.why}.`);
  return atLeast(200_000, holds / took, perSecond, { what: "Entries verified, the whole ledger", beside: `${whole(holds)} entries in ${timeOf(took)}` });
}

type Load = { readonly perSecond: number; readonly median: number; readonly p99: number; readonly node: number; readonly postgres: number | null };

/** So many callers, each beginning anew when it was answered. */
async function load({ server }: BenchGround, callers: number, seconds: number, act: (caller: number) => Promise<void>): Promise<Load> {
  const taken: number[] = [];
  const [served, used, began] = [await postgresTime(server), process.cpuUsage(), performance.now()];
  const end = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let now = performance.now(); now < end; ) {
        await act(caller);
        const then = performance.now();
        taken.push(then - now);
        now = then;
      }
    }),
  );
  const [took, cpu, serving] = [(performance.now() - began) / 1000, process.cpuUsage(used), await postgresTime(server)];
  return { perSecond: taken.length / took, median: median(taken), p99: quantile(taken, 0.99), node: (cpu.user + cpu.system) / taken.length, postgres: served === null || serving === null ? null : (serving - served) / taken.length };
}

/** Everybody answers the same use in turn, yes and no, so that every answer changes a permission. */
async function appender({ big }: Seeded): Promise<(caller: number) => Promise<void>> {
  const use = await database().dataUse.findUniqueOrThrow({ where: { key: big }, select: { id: true } });
  const people = await database().person.findMany({ where: { refHash: { not: null } }, take: 20_000, select: { id: true } });
  let next = 0;
  return async () => {
    const turn = next++;
    const person = people[turn % people.length]!.id;
    const answer = Math.floor(turn / people.length) % 2 === 0 ? "granted" : "refused";
    const requestId = randomUUID();
    await appendAnswers({
      by: { person },
      requestId,
      digest: digestOf({ requestId, answer }),
      person,
      uses: [use.id],
      policies: [],
      decide({ uses }, { identity }) {
        const live = uses.get(use.id);
        if (!live) throw new Error("the use is not live");
        return [{ about: use.id, fact: { kind: "permission-answered", v: 3, person, use: live.key, version: live.version, answer, shown: null, channel: "host", identity, expiresAt: null } }];
      },
    });
  };
}

/** What PostgreSQL does with the words alone: a row a transaction, nothing linked, nothing counted, nothing signed. */
async function plainInserts(ground: BenchGround) {
  await ground.superuser.query("CREATE TABLE plain_insert (id uuid PRIMARY KEY, person uuid NOT NULL, body text NOT NULL); GRANT INSERT ON plain_insert TO handshake_app");
  const pool = new pg.Pool({ connectionString: ground.database.appUrl, max: 100 });
  const body = JSON.stringify({ kind: "permission-answered", words: "x".repeat(400) });
  return {
    insert: async () => void (await pool.query({ name: "plain", text: "INSERT INTO plain_insert VALUES ($1, $2, $3)", values: [randomUUID(), randomUUID(), body] })),
    async end() {
      await pool.end();
      await ground.superuser.query("DROP TABLE plain_insert");
    },
  };
}

/** The tree of ten million entries in a schema of its own: its nodes are as many and as large as real ones, their hashes any. */
async function inclusionInTallTree(ground: BenchGround): Promise<Row> {
  const { superuser } = ground;
  await superuser.query("CREATE SCHEMA tall; CREATE TABLE tall.ledger_node (level smallint, position bigint, hash bytea); GRANT USAGE ON SCHEMA tall TO handshake_app; GRANT SELECT ON tall.ledger_node TO handshake_app");
  try {
    for (let level = 0; tall >> level > 0; level++) {
      await superuser.query("INSERT INTO tall.ledger_node SELECT $1, n, sha256(int8send(n)) FROM generate_series(0, $2::bigint - 1) n", [level, tall >> level]);
    }
    await superuser.query("ALTER TABLE tall.ledger_node ADD PRIMARY KEY (level, position)");
    await superuser.query("VACUUM (ANALYZE) tall.ledger_node");
    const taken: number[] = [];
    const client = new pg.Client({ connectionString: ground.database.appUrl });
    await client.connect();
    try {
      await client.query("SET search_path = tall, public");
      for (let n = 0; n < 1_000; n++) {
        const began = performance.now();
        await readInclusion(((n * 7919) % 1_000) * (tall / 1_000), tall, client);
        taken.push(performance.now() - began);
      }
    } finally {
      await client.end();
    }
    return atMost(2, quantile(taken, 0.99), millis, { what: `Inclusion proof in a tree of ${whole(tall)} entries (slowest of a hundred)`, beside: `median ${millis(median(taken))}` });
  } finally {
    await superuser.query("DROP SCHEMA tall CASCADE");
  }
}
