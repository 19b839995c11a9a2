import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PlainError } from "@/lib/data/settings/plain-error";
import { readClusterFile } from "./cluster-file";
import { Keeper } from "./keeper";
import { withLockFile } from "./lock-file";
import { removePlace, findPlace } from "./place";
import { isServerOf, readPidFile } from "./running-server";

/**
 * Removes a cluster for good: its server, if one is left running, its files and its passwords.
 * @param folder as given to `startEmbeddedPostgres`
 * @throws PlainError when another process uses it
 */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  const wanted = path.resolve(folder);
  const existing = await findPlace(wanted);
  if (existing === null) return rm(`${wanted}.json`, { force: true });
  await withLockFile(`${wanted}.lock`, async () => {
    await stopServer(path.join(existing, "data"), `${wanted}.json`);
    await removePlace(wanted);
    await rm(`${wanted}.json`, { force: true });
  });
}

async function stopServer(data: string, passwordFile: string): Promise<void> {
  const found = await readPidFile(data);
  if (found === null || !(await isServerOf(found.pid, data))) return;
  const password = (await readClusterFile(passwordFile).catch(() => null))?.passwords.postgres;
  const keeper = found.port === null || password === undefined ? null : await Keeper.join(found.port, password, data);
  if (keeper !== null) {
    const last = await keeper.leave();
    await keeper.close();
    if (!last) throw new PlainError(`Another Handshake is running on ${path.dirname(data)}; stop it first.`);
  }
  // PostgreSQL's fast shutdown (SIGINT) first; its files go anyway, so after a while the immediate one.
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    process.kill(found.pid, signal);
    for (const until = Date.now() + 10_000; Date.now() < until; await wait(50)) {
      if (!(await isServerOf(found.pid, data))) return;
    }
  }
  throw new PlainError(`The PostgreSQL on ${path.dirname(data)} does not stop; stop process ${found.pid} first.`);
}
