import { randomInt } from "node:crypto";
import type { Request } from "autocannon";
import { freePort } from "@/lib/data/embedded-postgres/ports";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "@/lib/delivery/cli/household";
import { typescript } from "@/lib/delivery/cli/programs";
import { headersFor, path, type AskDecisions } from "./ask-decisions";
import type { BenchGround } from "./ground";
import { putLoad, type LoadFigures } from "./load";
import { startMeasured, type MeasuredProcess } from "./measured-process";
import { pointReads } from "./point-read";
import type { Seeded } from "./seed";
import { refOf } from "./seed-publications";
import { stateOf } from "./seed-people";
import { atLeast, atMost, micros, millis, perSecond, told, type Row } from "./table";

/** How many requests each load goes through before it begins again, all connections together. */
const different = 20_000;
const batch = 100;

/** The gateway's decisions under load, and beside each load the same on a bare server, and PostgreSQL alone. */
export async function measureDecisions(household: Household, ground: BenchGround, seeded: Seeded, gateway: MeasuredProcess, ask: AskDecisions, seconds: number): Promise<Row[]> {
  await checkDecisions(seeded, ask);
  const port = await freePort("127.0.0.1");
  const program = { name: "bare", parameters: [...typescript("e2e/bench/bare-reply.ts"), String(port)], environment: ground.environment, talks: false };
  const bare = await startMeasured(household, program, null);
  const rows: Row[] = [];
  for (const connections of [1, 10, 100]) {
    const requests = () => Array.from({ length: Math.ceil(different / connections) }, () => request(seeded, one(seeded)));
    const common = { connections, seconds, requests, server: ground.server };
    const ours = await putLoad(household, { ...common, origin: ground.gateway, measured: gateway });
    const least = await putLoad(household, { ...common, origin: `http://127.0.0.1:${port}`, measured: bare });
    const reads = await pointReads(household, { appUrl: ground.database.appUrl, rows: seeded.entries, connections, seconds });
    rows.push(...single(ours, least, reads));
  }
  await bare.stop();
  for (const connections of [1, 10]) {
    const requests = () => Array.from({ length: Math.ceil(2_000 / connections) }, () => request(seeded, { decisions: Array.from({ length: batch }, () => one(seeded)) }));
    rows.push(batched(await putLoad(household, { connections, seconds, requests, server: ground.server, origin: ground.gateway, measured: gateway })));
  }
  return rows;
}

const one = ({ people, big }: Seeded) => ({ person: refOf(randomInt(people)), use: big });
const request = ({ apiKey }: Seeded, body: object): Request => ({ method: "POST", path, headers: headersFor(apiKey), body: JSON.stringify(body) });

/** What is fast and wrong counts for nothing. */
async function checkDecisions(seeded: Seeded, ask: AskDecisions): Promise<void> {
  const numbers = Array.from({ length: 1_000 }, () => randomInt(seeded.people));
  const decisions = await ask(numbers.map((n) => ({ person: refOf(n), use: seeded.big, version: 1 })));
  numbers.forEach((n, i) => {
    const decision = decisions[i];
    const state = stateOf(n);
    if (decision?.reason !== state || decision.allowed !== (state === "granted")) {
      throw new PlainError(`${refOf(n)} ${state} version 1 of ${seeded.big}, and the decision was ${JSON.stringify(decision)}.`);
    }
  });
}

const connected = (count: number) => (count === 1 ? "1 connection" : `${count} connections`);
const share = (part: number, of: number) => `${Math.round((100 * part) / of)} %`;

function single(ours: LoadFigures, bare: LoadFigures, reads: number | null): Row[] {
  const at = connected(ours.connections);
  const beside = [
    `bare node:http ${perSecond(bare.perSecond)} (${share(ours.perSecond, bare.perSecond)} of it)`,
    ...(reads === null ? [] : [`pgbench point read ${perSecond(reads)} (${share(ours.perSecond, reads)})`]),
  ].join(", ");
  const time = [
    `bare ${micros(bare.node)}`,
    ...(ours.postgres === null ? [] : [`PostgreSQL ${micros(ours.postgres)} more`]),
    `autocannon ${micros(ours.asker)}`,
  ].join(", ");
  const wanted = ours.connections === 10;
  const speed = { what: `Single decisions, ${at}`, beside };
  const cost = { what: `Node processor time per decision, ${at}`, beside: time };
  return [
    wanted ? atLeast(8_000, ours.perSecond, perSecond, speed) : told(speed.what, perSecond(ours.perSecond), beside),
    told(`p50 / p99, ${at}`, `${millis(ours.p50)} / ${millis(ours.p99)}`, `bare ${millis(bare.p50)} / ${millis(bare.p99)}`),
    wanted ? atMost(120, ours.node, micros, cost) : told(cost.what, micros(ours.node), time),
  ];
}

function batched(load: LoadFigures): Row {
  const postgres = load.postgres === null ? "" : `, PostgreSQL ${micros(load.postgres / batch)}`;
  const beside = `per decision: Node ${micros(load.node / batch)}${postgres}; per request p50 ${millis(load.p50)}, p99 ${millis(load.p99)}`;
  return told(`Decisions in batches of ${batch}, ${connected(load.connections)}`, perSecond(load.perSecond * batch), beside);
}
