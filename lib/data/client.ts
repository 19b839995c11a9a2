import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { settings } from "@/lib/data/settings/settings";
import { PrismaClient, type Prisma } from "@/lib/data/prisma-client/client";

/** Every query of ours runs through one of these: the client for pages and acts, `Tx` inside a transaction. */
export type Tx = Prisma.TransactionClient;

type Held = { client?: PrismaClient; pool?: pg.Pool; lookups?: pg.Pool; ledger?: pg.Pool; audits?: pg.Pool };
const held: Held = ((globalThis as { handshakeData?: Held }).handshakeData ??= {});

/** The one Prisma client of this process, connected as the application's role. */
export function database(): PrismaClient {
  held.client ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: settings().database.appUrl, max: 10 }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });
  return held.client;
}

/** A bare pool for streams and for libraries that want one. */
export function pool(): pg.Pool {
  held.pool ??= openPool({ connectionString: settings().database.appUrl, max: 10 });
  return held.pool;
}

/**
 * A pool for prepared point reads, where every microsecond counts. Its plans are made once and only walk indexes: a plan
 * made while a table was still empty must not scan it when it holds ten million people.
 */
export function lookupPool(): pg.Pool {
  held.lookups ??= openPool({ ...planningOnce(), max: 4, query_timeout: 60_000 });
  return held.lookups;
}

function planningOnce(more: readonly string[] = []): pg.PoolConfig {
  const url = new URL(settings().database.appUrl);
  const role = url.searchParams.get("options") ?? "";
  url.searchParams.delete("options");
  const plans = ["plan_cache_mode=force_generic_plan", "enable_seqscan=off", "enable_hashjoin=off", "enable_mergejoin=off", "jit=off"];
  return { connectionString: url.href, options: [role, ...[...plans, ...more].map((option) => `-c ${option}`)].join(" ").trim() };
}

/**
 * The two connections on which this process writes answers to the ledger: one holds the lock and writes, on the other the
 * next group is read meanwhile. What is sent goes out without waiting for the answer before (PostgreSQL's pipelining). A
 * process that stands still in the middle loses its connection, and with it the lock, after a minute; and a database that
 * goes away without a word keeps those who wait no longer than it would itself.
 */
export function ledgerPool(): pg.Pool {
  const options = { pipeline: true, statement_timeout: 60_000, query_timeout: 90_000 };
  held.ledger ??= openPool({ ...planningOnce(["idle_session_timeout=60s"]), max: 2, ...options });
  return held.ledger;
}

/** A pool for reading the whole ledger: what is asked next is on its way while the answer before is looked at. */
export function auditPool(): pg.Pool {
  const options = { pipeline: true };
  held.audits ??= openPool({ connectionString: settings().database.appUrl, max: 2, ...options });
  return held.audits;
}

/**
 * A pool that outlives a restart of the database: what it loses while idle it opens again when next asked, and whoever
 * is in the middle of something is told by their own query. A server that vanished is noticed, too: it closes nothing.
 */
function openPool(config: pg.PoolConfig): pg.Pool {
  return new pg.Pool({ keepAlive: true, ...config }).on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
}

/** Closes what this process opened, so that it can end. */
export async function closeDatabase(): Promise<void> {
  const { client, pool: open, lookups, ledger, audits } = held;
  for (const name of ["client", "pool", "lookups", "ledger", "audits"] as const) delete held[name];
  await Promise.all([client?.$disconnect(), open?.end(), lookups?.end(), ledger?.end(), audits?.end()]);
}
