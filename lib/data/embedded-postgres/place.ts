import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readlink, realpath, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { PlainError } from "@/lib/data/settings/plain-error";
import { canReach, findRunner, type Runner } from "./runner";

/** Where a cluster lives and who runs it. `folder` is absolute, belongs to the runner and is closed to others. */
export type Place = { readonly folder: string; readonly runner: Runner };

/** Where root puts what the postgres user must reach when the checkout lies in a closed home folder. */
const reachableRoot = "/var/lib/handshake";

/**
 * Makes and returns the place for a cluster wanted at `wanted` (usually `.handshake/postgres`).
 * When root lends the work to another user and that user cannot walk to `wanted`, the files go under
 * /var/lib/handshake and `wanted` becomes a link to them.
 * @throws PlainError when no place can be made that the runner reaches.
 */
export async function preparePlace(wanted: string): Promise<Place> {
  await mkdir(path.dirname(wanted), { recursive: true, mode: 0o700 });
  const existing = await findPlace(wanted);
  const runner = await findRunner(existing ?? wanted);
  if (runner.kind === "self") {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    return { folder: await realpath(wanted), runner };
  }
  if (existing !== null) {
    if (await canReach(runner, existing)) return own(existing, runner);
    throw new PlainError(`The database files in ${existing} cannot be reached by the user who runs PostgreSQL (id ${runner.uid}); open the folders above them to that user.`);
  }
  // Others may walk through our own folder (not list it): every file in it is closed by itself.
  await chmod(path.dirname(wanted), 0o711);
  if (await canReach(runner, path.dirname(wanted))) {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    return own(await realpath(wanted), runner);
  }
  const elsewhere = path.join(reachableRoot, `postgres-${randomBytes(6).toString("hex")}`);
  await makeReachable(elsewhere, runner);
  await rm(wanted, { force: true });
  await symlink(elsewhere, wanted);
  return own(elsewhere, runner);
}

/** A folder beside the cluster for a copy of the binaries, reachable by the runner. */
export async function spareFolder(place: Place): Promise<string> {
  if (place.runner.kind === "self") return path.join(place.folder, "programs");
  const folder = path.join(reachableRoot, "programs");
  await makeReachable(folder, place.runner);
  return folder;
}

/** Removes a cluster's files for good, wherever they lie. Nothing may be running on them. */
export async function removePlace(wanted: string): Promise<void> {
  const existing = await findPlace(wanted);
  if (existing !== null) await rm(existing, { recursive: true, force: true });
  await rm(wanted, { recursive: true, force: true });
}

/** Where the files of a cluster wanted at `wanted` lie, or null when there are none. */
export async function findPlace(wanted: string): Promise<string | null> {
  const entry = await lstat(wanted).catch(() => null);
  if (entry === null) return null;
  if (!entry.isSymbolicLink()) return realpath(wanted);
  // A link whose target is gone means the files were removed: begin anew.
  return realpath(await readlink(wanted)).catch(() => null);
}

async function makeReachable(folder: string, runner: Runner): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
  } catch (cause) {
    throw new PlainError(`The user who runs PostgreSQL needs a folder it can reach and ${folder} could not be made; set HANDSHAKE_DIR to a folder open to it.`, cause);
  }
  if (!(await canReach(runner, folder))) {
    throw new PlainError(`The user who runs PostgreSQL cannot reach ${folder}; set HANDSHAKE_DIR to a folder open to it.`);
  }
}

async function own(folder: string, runner: Runner & { kind: "other" }): Promise<Place> {
  await chown(folder, runner.uid, runner.gid);
  await chmod(folder, 0o700);
  return { folder, runner };
}
