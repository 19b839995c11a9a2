import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";

const run = promisify(execFile);

/** Whom PostgreSQL runs as. PostgreSQL refuses root, so root lends the work to another user. */
export type Runner = { readonly kind: "self" } | { readonly kind: "other"; readonly uid: number; readonly gid: number };

/** Environment for PostgreSQL's programs: nothing of ours, and messages in a language we can read. */
export const plainEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production",
};

/**
 * Finds whom to run PostgreSQL as.
 * @param folder the folder that holds (or will hold) the database files: as root, an existing one keeps its owner,
 *   because a cluster made without root must not change hands by being started once with it.
 * @throws PlainError when root and no other user can be found or made, or the files belong to somebody else.
 */
export async function findRunner(folder: string): Promise<Runner> {
  const uid = process.getuid?.();
  if (uid === undefined) return { kind: "self" };
  const owner = await stat(folder).catch(() => null);
  if (uid !== 0) {
    if (owner !== null && owner.uid !== uid) {
      throw new PlainError(
        `The database files in ${folder} belong to another user (id ${owner.uid}); start Handshake as that user, or as root if root made them.`,
      );
    }
    return { kind: "self" };
  }
  if (owner !== null && owner.uid !== 0) return { kind: "other", uid: owner.uid, gid: owner.gid };
  return (await findPostgresUser()) ?? (await makePostgresUser());
}

/** Options for `spawn` and `execFile` that make a child run as the runner. */
export function asRunner(runner: Runner): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  return runner.kind === "self"
    ? { env: plainEnvironment }
    : { uid: runner.uid, gid: runner.gid, env: plainEnvironment };
}

/** Whether the runner can walk into `folder`; tried for real, because modes alone do not tell (access lists, mounts). */
export async function canReach(runner: Runner, folder: string): Promise<boolean> {
  if (runner.kind === "self") return true;
  return run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...asRunner(runner), cwd: "/" }).then(
    () => true,
    () => false,
  );
}

async function findPostgresUser(): Promise<Runner | null> {
  const accounts = await readFile("/etc/passwd", "utf8").catch(() => "");
  for (const line of accounts.split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name === "postgres" && uid !== undefined && gid !== undefined) {
      return { kind: "other", uid: Number(uid), gid: Number(gid) };
    }
  }
  return null;
}

/** The first of these that the system has makes the user: Debian and Red Hat, then Alpine and BusyBox. */
const userMakers: readonly (readonly [string, readonly string[]])[] = [
  ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]],
  ["adduser", ["-S", "-D", "-H", "postgres"]],
];

async function makePostgresUser(): Promise<Runner> {
  for (const [program, parameters] of userMakers) {
    await run(program, [...parameters]).catch(() => undefined);
    const made = await findPostgresUser();
    if (made !== null) return made;
  }
  throw new PlainError(
    "PostgreSQL does not run as root and no user called postgres could be made; start Handshake as an ordinary user, or set DATABASE_URL.",
  );
}
