import autocannon, { type Client, type Request } from "autocannon";
import type { Household } from "@/lib/delivery/cli/household";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { MeasuredProcess } from "./measured-process";
import { postgresTime } from "./postgres-time";
import { quantile } from "./statistics";

export type LoadAsked = {
  readonly origin: string;
  readonly connections: number;
  readonly seconds: number;
  /** What each connection sends, over and over; called once a connection, so that no two ask in step. */
  readonly requests: () => readonly Request[];
  readonly measured: MeasuredProcess;
  /** Process id of the database server. */
  readonly server: number | null;
};

export type LoadFigures = {
  readonly connections: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time a request: of the process that answers, of PostgreSQL, of whoever asks. */
  readonly node: number;
  readonly postgres: number | null;
  readonly asker: number;
};

/** Long enough for code to be compiled and connections to be opened. */
const warmUpSeconds = 3;

/** Puts a load on a server, unmeasured first. @throws PlainError when a reply is not 2xx */
export async function putLoad(household: Household, asked: LoadAsked): Promise<LoadFigures> {
  await fire(household, { ...asked, seconds: warmUpSeconds });
  const before = await used(asked);
  const { result, latencies } = await fire(household, asked);
  const after = await used(asked);
  const replies = result["2xx"];
  return {
    connections: asked.connections,
    perSecond: replies / result.duration,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    node: (after.node - before.node) / replies,
    postgres: after.postgres === null || before.postgres === null ? null : (after.postgres - before.postgres) / replies,
    asker: (after.asker - before.asker) / replies,
  };
}

async function used({ measured, server }: LoadAsked) {
  const { user, system } = process.cpuUsage();
  return { node: await measured.used(), postgres: await postgresTime(server), asker: user + system };
}

async function fire(household: Household, { origin, connections, seconds, requests }: LoadAsked) {
  household.goOn();
  const latencies: number[] = [];
  const running = autocannon({ url: origin, connections, duration: seconds, setupClient: (client: Client) => client.setRequests(requests()) });
  running.on("response", (_client, _status, _bytes, milliseconds) => latencies.push(milliseconds));
  const stop = () => running.stop();
  household.signal.addEventListener("abort", stop, { once: true });
  const result = await running;
  household.signal.removeEventListener("abort", stop);
  household.goOn();
  if (result.non2xx > 0 || result.errors > 0 || result["2xx"] === 0) {
    throw new PlainError(`The load on ${origin} got ${result["2xx"]} good replies, ${result.non2xx} others and ${result.errors} errors.`);
  }
  return { result, latencies };
}
