import { readdir, readFile } from "node:fs/promises";

/** The kernel counts in hundredths of a second here, whatever its own clock (proc(5), USER_HZ). */
const microsPerTick = 10_000;

type Stat = { readonly parent: number; readonly own: number; readonly gone: number };

async function statOf(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The name in parentheses may hold anything; what counts comes after it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (place: number) => Number(fields[place - 3]);
  return { parent: at(4), own: at(14) + at(15), gone: at(16) + at(17) };
}

/** The server process behind a backend; null where the system does not tell. */
export async function serverOf(backend: number): Promise<number | null> {
  return (await statOf(backend))?.parent ?? null;
}

/**
 * Processor time of a PostgreSQL server and all its processes, those that have ended among them, in microseconds.
 * Null where the system does not tell.
 */
export async function postgresTime(server: number | null): Promise<number | null> {
  if (server === null) return null;
  const pids = (await readdir("/proc").catch(() => [])).map(Number).filter((pid) => pid > 0);
  let ticks = 0;
  for (const pid of pids) {
    const stat = await statOf(pid);
    if (stat === null) continue;
    if (pid === server) ticks += stat.own + stat.gone;
    else if (stat.parent === server) ticks += stat.own;
  }
  return ticks === 0 ? null : ticks * microsPerTick;
}
