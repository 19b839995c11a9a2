import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { PlainError } from "@/lib/data/settings/plain-error";
import { isAlive } from "./running-server";

/**
 * Runs `work` while no other process on this machine runs it under the same lock file, which holds the owner's process
 * id. A lock whose owner died is broken.
 * @throws PlainError when another living process holds it for more than ten minutes.
 */
export async function withLockFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  await acquire(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  for (const until = Date.now() + 600_000; Date.now() < until; await wait(40)) {
    const taken = await writeFile(file, String(process.pid), { flag: "wx", mode: 0o600 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return false;
        throw new PlainError(`The file ${file} cannot be written (${error.code ?? "unknown"}).`, error);
      },
    );
    if (taken) return;
    const owner = Number(await readFile(file, "utf8").catch(() => "0"));
    // An empty file is one its owner is about to fill in; an id that is not alive is a lock left by a killed process.
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) await rm(file, { force: true });
  }
  throw new PlainError(`Another process has held ${file} for ten minutes; if none is at work there, remove it.`);
}
