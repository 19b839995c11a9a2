import { execFile } from "node:child_process";
import { chown, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Binaries } from "./binaries";
import type { ClusterFile } from "./cluster-file";
import type { Keeper } from "./keeper";
import type { Place } from "./place";
import { asRunner } from "./runner";

const run = promisify(execFile);

/** Only this machine, only with a password, only over TCP on the loopback address. */
const hostRules = ["host all all 127.0.0.1/32 scram-sha-256", ""].join("\n");

/** Makes the data folder at `place.folder/data`: UTF-8, C locale, checksums on, the superuser's password set. */
export async function initialiseCluster(place: Place, binaries: Binaries, password: string): Promise<void> {
  const data = path.join(place.folder, "data");
  // Made beside and renamed: a set-up broken off half-way is begun again, never taken for a cluster.
  const beside = path.join(place.folder, "data-in-the-making");
  const passwordFile = path.join(place.folder, "initial-password");
  await rm(beside, { recursive: true, force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.runner.kind === "other") await chown(passwordFile, place.runner.uid, place.runner.gid);
  try {
    await run(
      binaries.initdb,
      ["-D", beside, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "--data-checksums", "--no-instructions"],
      { ...asRunner(place.runner), cwd: "/" },
    );
  } catch (cause) {
    throw new PlainError(`The database could not be set up in ${place.folder}: ${lastLine(cause)}.`, cause);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(path.join(beside, "pg_hba.conf"), hostRules);
  await rename(beside, data);
}

/** Makes what a cluster of ours holds: the two logins and the database. Does nothing where they are there already. */
export async function setUpRoles(keeper: Keeper, passwords: ClusterFile["passwords"]): Promise<void> {
  const there = await keeper.query("SELECT rolname AS name FROM pg_roles UNION SELECT datname FROM pg_database");
  const names = new Set(there.map((row) => row["name"]));
  if (!names.has("handshake_owner")) {
    await keeper.query(`CREATE ROLE handshake_owner LOGIN CREATEDB PASSWORD '${passwords.handshake_owner}'`);
  }
  if (!names.has("handshake_app")) {
    await keeper.query(`CREATE ROLE handshake_app LOGIN PASSWORD '${passwords.handshake_app}'`);
    await keeper.query("GRANT handshake_app TO handshake_owner");
  }
  if (!names.has("handshake")) {
    await keeper.query("CREATE DATABASE handshake OWNER handshake_owner");
  }
  await keeper.query("REVOKE ALL ON DATABASE handshake FROM PUBLIC");
  await keeper.query("GRANT CONNECT ON DATABASE handshake TO handshake_app");
}

/** The last line a program said, without its full stop, for use inside a sentence of ours. */
export function lastLine(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  return (said.trim().split("\n").at(-1) ?? "no reason given").trim().replace(/\.$/, "");
}
