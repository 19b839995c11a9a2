import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Request } from "autocannon";
import { freePort } from "@/lib/data/embedded-postgres/ports";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "@/lib/delivery/cli/household";
import type { BenchGround } from "./ground";
import { startMeasured, type MeasuredProcess } from "./measured-process";

const run = promisify(execFile);

/** Without and with the two indexes that it does not make itself. */
export type PeerShape = "stock" | "indexed";

/** What the harness sends: `record` a new person's acceptance and two purposes, `status` one person's standing, `check` whether they must be asked. */
type Target = {
  readonly record: () => Request;
  readonly status: (people: number) => Request;
  readonly check: (people: number) => Request;
};

export type Peer = Target & {
  readonly origin: string;
  readonly measured: MeasuredProcess;
};

/**
 * c15t as its harness runs it (`--peer FOLDER`, with its packages installed), on a database of its own in the same server,
 * with as many people as we have.
 */
export async function startPeer(household: Household, ground: BenchGround, folder: string, people: number, shape: PeerShape): Promise<Peer> {
  const home = path.resolve(folder);
  const program = (name: string) => path.join(home, name);
  if (!existsSync(path.join(home, "node_modules"))) throw new PlainError(`There are no packages in ${folder}: run npm ci there first.`);
  const name = `peer_${shape}`;
  await ground.superuser.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await ground.superuser.query(`CREATE DATABASE ${name} OWNER handshake_owner`);
  const url = Object.assign(new URL(ground.database.ownerUrl), { pathname: `/${name}`, search: "" }).href;
  const port = await freePort("127.0.0.1");
  const environment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", DATABASE_URL: url, PORT: String(port), ...(shape === "indexed" ? { INDEXES: "1" } : {}) };
  for (const [file, ...words] of [["migrate.mjs"], ["seed.mjs", String(people)]] as const) {
    await run(process.execPath, [program(file), ...words], { env: environment, signal: household.signal });
  }
  await ground.superuser.query("CHECKPOINT");
  const origin = `http://127.0.0.1:${port}`;
  const measured = await startMeasured(household, { name: "peer", parameters: [program("server.mjs")], environment, talks: false }, `${origin}/__mem`);
  const target = (await import(program("target-c15t.mjs"))) as Target;
  return { ...target, origin, measured };
}
