import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Household } from "@/lib/delivery/cli/household";
import { findInstalledPostgres } from "../support/installed-postgres";

const run = promisify(execFile);

/**
 * pgbench's prepared read of one row by its key, on the same server: what PostgreSQL and a client in C can do at most.
 * @returns reads a second, or null where no pgbench is installed
 */
export async function pointReads(household: Household, asked: { appUrl: string; rows: number; connections: number; seconds: number }): Promise<number | null> {
  const installed = findInstalledPostgres();
  const pgbench = installed && path.join(installed, "pgbench");
  if (pgbench === null || !existsSync(pgbench)) return null;
  const { hostname, port, username, password, pathname } = new URL(asked.appUrl);
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-pgbench-"));
  try {
    const script = path.join(folder, "read.sql");
    await writeFile(script, `\\set n random(0, ${asked.rows - 1})\nSELECT person_id FROM ledger_entry WHERE index = :n;\n`);
    const { stdout } = await run(
      pgbench,
      ["-n", "-M", "prepared", "-f", script, "-c", String(asked.connections), "-j", "1", "-T", String(asked.seconds), "-h", hostname, "-p", port, "-U", username, pathname.slice(1)],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(password), LC_ALL: "C" }, signal: household.signal, timeout: (asked.seconds + 30) * 1000 },
    );
    const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    if (!(perSecond > 0)) throw new Error(`pgbench said: ${stdout}`);
    return perSecond;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
