import { execFile, spawn } from "node:child_process";
import { open, readFile, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import { embeddedBinaries, type Binaries, type FindBinaries } from "./binaries";
import { newClusterFile, readClusterFile, writeClusterFile, type ClusterFile, type Login } from "./cluster-file";
import { Keeper } from "./keeper";
import { withLockFile } from "./lock-file";
import { freePort, isPortFree } from "./ports";
import { preparePlace, spareFolder, type Place } from "./place";
import { asRunner } from "./runner";
import { isAlive, isServerOf, readPidFile } from "./running-server";
import { initialiseCluster, lastLine, setUpRoles } from "./set-up-cluster";

const run = promisify(execFile);

/** How long recovery after a power cut may take before we give up, in milliseconds. */
const patience = 120_000;

export type StartOptions = {
  /** The cluster's folder; its passwords lie beside it in `<folder>.json`. */
  readonly folder: string;
  /** Which PostgreSQL; the one that comes with the package when left out. */
  readonly binaries?: FindBinaries;
  /** false only for throw-away clusters of tests: data then does not survive a power cut. */
  readonly durable?: boolean;
};

export type EmbeddedPostgres = {
  readonly port: number;
  readonly pid: number;
  /** Whether the server was running already and was taken over. */
  readonly adopted: boolean;
  /** Absolute folder where the files really lie. */
  readonly folder: string;
  /** A connection URL for one of the logins; the database is `handshake` unless named. */
  url(login: Login, database?: string): string;
  /** Calls back once if the server goes away on its own. */
  onLost(callback: () => void): void;
  /** Stops the server, unless another process still uses it. Calling again does nothing. */
  stop(): Promise<void>;
};

/**
 * Starts the cluster in `folder`, making it first if there is none; a server that is running on it already is adopted.
 * @throws PlainError saying why it could not.
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const wanted = path.resolve(options.folder);
  const passwordFile = `${wanted}.json`;
  const place = await preparePlace(wanted);
  return withLockFile(`${wanted}.lock`, async () => {
    const binaries = await (options.binaries ?? embeddedBinaries())(place.runner, () => spareFolder(place));
    const cluster = await openCluster(place, binaries, passwordFile);
    const data = await realpath(path.join(place.folder, "data"));
    const adopted = await adopt(data, cluster);
    const running = adopted ?? (await launch(place, binaries, data, cluster, options.durable ?? true));
    if (running.port !== cluster.port) await writeClusterFile(passwordFile, { ...cluster, port: running.port });
    await setUpRoles(running.keeper, cluster.passwords);
    return handle(place, binaries, data, cluster, running, adopted !== null);
  });
}

type Running = { readonly keeper: Keeper; readonly port: number; readonly pid: number };

async function openCluster(place: Place, binaries: Binaries, passwordFile: string): Promise<ClusterFile> {
  const version = await readFile(path.join(place.folder, "data", "PG_VERSION"), "utf8").catch(() => null);
  const known = await readClusterFile(passwordFile);
  if (version === null) {
    const cluster = known ?? newClusterFile();
    if (known === null) await writeClusterFile(passwordFile, cluster);
    await initialiseCluster(place, binaries, cluster.passwords.postgres);
    return cluster;
  }
  if (known === null) {
    throw new PlainError(`The database in ${place.folder} is there but its passwords in ${passwordFile} are gone; restore that file, or remove the folder to begin anew.`);
  }
  if (Number(version.trim()) !== binaries.major) {
    throw new PlainError(`The database in ${place.folder} was made by PostgreSQL ${version.trim()} and this is PostgreSQL ${binaries.major}; move the data with pg_dump from the older one, or go back to it.`);
  }
  return known;
}

/** Takes over a server that outlived the process which started it. Null when the data folder is free. */
async function adopt(data: string, cluster: ClusterFile): Promise<Running | null> {
  for (const until = Date.now() + patience; Date.now() < until; await wait(50)) {
    const found = await readPidFile(data);
    // A pid file whose process is gone, or is another program by now, is only a leaving: PostgreSQL clears the first
    // kind itself, and launch() the second.
    if (found === null || !(await isServerOf(found.pid, data))) return null;
    if (found.port === null) continue;
    const keeper = await Keeper.join(found.port, cluster.passwords.postgres, data);
    if (keeper !== null) return { keeper, port: found.port, pid: found.pid };
  }
  throw new PlainError(`A PostgreSQL runs on ${data} but does not let us in; stop it and start Handshake again.`);
}

async function launch(place: Place, binaries: Binaries, data: string, cluster: ClusterFile, durable: boolean): Promise<Running> {
  await removeForeignPidFile(data);
  let port = cluster.port !== null && (await isPortFree("127.0.0.1", cluster.port)) ? cluster.port : await freePort("127.0.0.1");
  const until = Date.now() + patience;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await launchOn(port, place, binaries, data, cluster, durable);
    if (typeof outcome !== "string") return outcome;
    // A query of a server that was killed may still be at work; it ends with its process, and then the files are free.
    if (/old server processes|pre-existing shared memory/i.test(outcome) && Date.now() < until) {
      attempt -= 1;
      await wait(200);
      continue;
    }
    if (attempt === 3 || !/address already in use|could not bind/i.test(outcome)) {
      throw new PlainError(`PostgreSQL did not start in ${place.folder}: ${outcome}.`);
    }
    port = await freePort("127.0.0.1");
  }
}

/** Starts the server and waits until it lets us in. @returns what it said last if it ended instead. */
async function launchOn(port: number, place: Place, binaries: Binaries, data: string, cluster: ClusterFile, durable: boolean): Promise<Running | string> {
  const log = await open(path.join(place.folder, "start.log"), "w", 0o600);
  // A group of its own: Ctrl-C in the terminal must reach us and not the database under us.
  const server = spawn(binaries.postgres, ["-D", data, "-p", String(port), ...parameters(durable)], {
    ...asRunner(place.runner),
    cwd: "/",
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  const ended = new Promise<true>((resolve) => server.once("exit", () => resolve(true)).once("error", () => resolve(true)));
  await log.close();
  server.unref();
  for (const until = Date.now() + patience; Date.now() < until; ) {
    const keeper = await Keeper.join(port, cluster.passwords.postgres, data);
    if (keeper !== null && server.pid !== undefined) return { keeper, port, pid: server.pid };
    if (await Promise.race([ended, wait(25, false)])) {
      return lastLine(await readFile(path.join(place.folder, "start.log"), "utf8"));
    }
  }
  server.kill("SIGQUIT");
  return "it did not answer in time";
}

/** PostgreSQL takes any living process of its user with the noted id for a rival; we know better by now. */
async function removeForeignPidFile(data: string): Promise<void> {
  const found = await readPidFile(data);
  if (found !== null && isAlive(found.pid)) {
    await rm(path.join(data, "postmaster.pid"), { force: true });
  }
}

function parameters(durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: "200",
    shared_buffers: os.totalmem() > 4 * 1024 ** 3 ? "256MB" : "128MB",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    // Our statements are short; compiling them costs more than it gains.
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    logging_collector: "on",
    log_directory: "log",
    log_filename: "%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: "0",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function handle(place: Place, binaries: Binaries, data: string, cluster: ClusterFile, running: Running, adopted: boolean): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    const last = await running.keeper.leave();
    await running.keeper.close();
    if (!last) return;
    // "fast" lets the running transactions go and writes everything down; "immediate" is the last resort.
    for (const mode of ["fast", "immediate"]) {
      await run(binaries.pgCtl, ["stop", "-D", data, "-m", mode, "-w", "-t", "20"], { ...asRunner(place.runner), cwd: "/" }).catch(() => undefined);
      if (!(await isServerOf(running.pid, data))) return;
    }
  };
  return {
    port: running.port,
    pid: running.pid,
    adopted,
    folder: place.folder,
    url: (login, database = "handshake") =>
      `postgresql://${login}:${cluster.passwords[login]}@127.0.0.1:${running.port}/${database}`,
    onLost: (callback) => running.keeper.onLost(callback),
    stop: () => (stopping ??= stop()),
  };
}
