import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a data folder's `postmaster.pid` says about the server on it. */
export type PidFile = { readonly pid: number; readonly port: number | null };

/** Reads `postmaster.pid`, or null when there is none. Its lines: pid, data folder, start time, port, … */
export async function readPidFile(dataFolder: string): Promise<PidFile | null> {
  const text = await readFile(path.join(dataFolder, "postmaster.pid"), "utf8").catch(() => null);
  if (text === null) return null;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null };
}

/** Whether a process of this id lives. One that we may not signal lives too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Whether the process is a PostgreSQL server on this data folder, and not some other program that was given the id
 * after the server died. Asks /proc where there is one (a server's working folder is its data folder), else `ps`.
 */
export async function isServerOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (folder !== null) return folder === dataFolder;
  const shown = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => null);
  return shown !== null && shown.stdout.includes(dataFolder);
}
