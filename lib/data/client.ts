import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { settings } from "@/lib/data/settings/settings";
import { PrismaClient, type Prisma } from "@/lib/data/prisma-client/client";

/** Every query of ours runs through one of these: the client for pages and acts, `Tx` inside a transaction. */
export type Tx = Prisma.TransactionClient;

type Held = { client?: PrismaClient; pool?: pg.Pool };
const held: Held = ((globalThis as { handshakeData?: Held }).handshakeData ??= {});

/** The one Prisma client of this process, connected as the application's role. */
export function database(): PrismaClient {
  held.client ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: settings().database.appUrl, max: 10 }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });
  return held.client;
}

/** A bare pool for the paths where every microsecond counts (decisions) and for streams. */
export function pool(): pg.Pool {
  held.pool ??= new pg.Pool({ connectionString: settings().database.appUrl, max: 10 });
  return held.pool;
}

/** Closes what this process opened, so that it can end. */
export async function closeDatabase(): Promise<void> {
  const { client, pool: open } = held;
  delete held.client;
  delete held.pool;
  await Promise.all([client?.$disconnect(), open?.end()]);
}
