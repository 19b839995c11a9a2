import type pg from "pg";
import { setTimeout as wait } from "node:timers/promises";

/** Marks the lines of the application's own login in the server's log. */
const prefix = "of %u: ";
const line = /^of handshake_app: LOG: {2}(?:statement|execute [^:]*): (.*)$/gm;
/** They frame statements, and read nothing. */
const frame = /^(?:BEGIN|COMMIT|ROLLBACK|DEALLOCATE|SAVEPOINT|RELEASE)\b/i;

/** Has the server write down every statement while `act` runs. @returns a counter for what runs within it */
export async function countingStatements<T>(superuser: pg.Client, act: (count: (run: () => Promise<unknown>) => Promise<number>) => Promise<T>): Promise<T> {
  await setting(superuser, "log_line_prefix", `'${prefix}'`);
  await setting(superuser, "log_statement", "'all'");
  await reload(superuser, "all");
  try {
    return await act(async (run) => {
      const before = await logged(superuser);
      await run();
      const text = (await logged(superuser)).slice(before.length);
      return [...text.matchAll(line)].filter(([, statement = ""]) => !frame.test(statement)).length;
    });
  } finally {
    await superuser.query("ALTER SYSTEM RESET ALL");
    await reload(superuser, "none");
  }
}

async function setting(superuser: pg.Client, name: string, value: string): Promise<void> {
  await superuser.query(`ALTER SYSTEM SET ${name} = ${value}`);
}

/** Waits until new settings are in force; a connection takes them before its next statement. */
async function reload(superuser: pg.Client, wanted: string): Promise<void> {
  await superuser.query("SELECT pg_reload_conf()");
  for (const until = Date.now() + 10_000; Date.now() < until; await wait(20)) {
    const { rows } = await superuser.query<{ is: string }>("SELECT current_setting('log_statement') AS is");
    if (rows[0]?.is === wanted) return;
  }
  throw new Error("the server does not take its new settings");
}

/** The collector writes a moment after the statement: a mark of our own is written last, so once it is there, all is. */
async function logged(superuser: pg.Client): Promise<string> {
  const mark = `mark ${Math.random()}`;
  await superuser.query(`SELECT 1 /* ${mark} */`);
  for (const until = Date.now() + 10_000; Date.now() < until; await wait(20)) {
    const { rows } = await superuser.query<{ text: string }>("SELECT pg_read_file(pg_current_logfile()) AS text");
    const text = rows[0]?.text ?? "";
    if (text.includes(mark)) return text;
  }
  throw new Error("the server's log does not grow");
}
