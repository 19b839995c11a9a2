import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { closeDatabase } from "@/lib/data/client";
import { readClusterFile } from "@/lib/data/embedded-postgres/cluster-file";
import { freePort } from "@/lib/data/embedded-postgres/ports";
import { removeEmbeddedPostgres } from "@/lib/data/embedded-postgres/remove";
import { embeddedFolder } from "@/lib/data/migrate/open-database";
import type { Household } from "@/lib/delivery/cli/household";
import { prepareGround, readPlace, type Ground, type Wish } from "@/lib/delivery/cli/launch";
import { serverOf } from "./postgres-time";

/** Where everything is measured: a database of its own, in a folder that goes again. */
export type BenchGround = Ground & {
  readonly web: string;
  readonly gateway: string;
  /** Connected as superuser, for what an operator would do. */
  readonly superuser: pg.Client;
  /** Process id of the database server; null where the system does not tell. */
  readonly server: number | null;
};

const wish: Wish = { processes: ["web", "gateway"], development: false, catchMail: false, makeSecrets: true };
const operators = ["DATABASE_URL", "DATABASE_OWNER_URL", "HANDSHAKE_SECRET", "HANDSHAKE_MASTER_KEY", "HANDSHAKE_LEDGER_NAME", "HANDSHAKE_URL", "HANDSHAKE_GATEWAY_URL", "HOST", "SMTP_URL"];

/** Starts a fresh, durable database and points this process at it. Everything goes when the household ends. */
export async function prepareBenchGround(household: Household): Promise<BenchGround> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-bench-"));
  household.onStop(() => rm(folder, { recursive: true, force: true }));
  // Never an operator's own database: it would be filled with people who do not exist.
  for (const name of operators) delete process.env[name];
  process.env["HANDSHAKE_DIR"] = folder;
  process.env["WEB_PORT"] = String(await freePort("127.0.0.1"));
  process.env["GATEWAY_PORT"] = String(await freePort("127.0.0.1"));
  const place = await readPlace(wish);
  const cluster = embeddedFolder(place);
  household.onStop(() => removeEmbeddedPostgres(cluster));
  const ground = await prepareGround(household, place, wish);
  Object.assign(process.env, ground.environment);
  household.onStop(closeDatabase);

  const login = (await readClusterFile(`${cluster}.json`))?.passwords.postgres;
  if (login === undefined) throw new Error("the database has no superuser");
  const superuser = new pg.Client({ connectionString: Object.assign(new URL(ground.database.ownerUrl), { username: "postgres", password: login }).href });
  await superuser.connect();
  household.onStop(() => superuser.end());
  const { rows } = await superuser.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return {
    ...ground,
    superuser,
    server: await serverOf(rows[0]?.pid ?? 0),
    web: `http://127.0.0.1:${place.webPort}`,
    gateway: `http://127.0.0.1:${place.gatewayPort}`,
  };
}
