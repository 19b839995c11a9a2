import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { testBinaries } from "@/e2e/support/test-binaries";
import { PlainError } from "@/lib/data/settings/plain-error";
import { removePlace } from "./place";
import { removeEmbeddedPostgres } from "./remove";
import { isServerOf } from "./running-server";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./start";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-cluster-"));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const cluster = path.join(folder, "postgres");
  cleanUps.push(() => removePlace(cluster));
  return cluster;
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder, binaries: testBinaries() });
  cleanUps.push(() => server.stop());
  return server;
}

async function startElsewhere(folder: string): Promise<{ process: ChildProcess; pid: number; adopted: boolean }> {
  const child = spawn(process.execPath, ["--import", "tsx", "e2e/support/start-postgres.ts", folder], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (typeof said === "object" && said !== null && "pid" in said && "adopted" in said) {
      return { process: child, pid: Number(said.pid), adopted: said.adopted === true };
    }
  }
  throw new Error("the other process did not start the cluster");
}

/** Whether the server runs: a process that ended and that nobody has collected yet does not. */
async function runs(folder: string, pid: number): Promise<boolean> {
  const place = await realpath(folder).catch(() => null);
  return place !== null && isServerOf(pid, path.join(place, "data"));
}

async function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("what was written is there after a stop and a start, on the same port", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  await ask(first.url("handshake_owner"), "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('grüezi')");
  await first.stop();
  expect(await runs(folder, first.pid)).toBe(false);

  const second = await start(folder);
  expect(second).toMatchObject({ port: first.port, adopted: false });
  expect(await ask(second.url("handshake_owner"), "SELECT word FROM kept")).toEqual([{ word: "grüezi" }]);
});

test("a server that outlived its killed Node is adopted, and stopped by the one who adopted it", async () => {
  const folder = await newFolder();
  const other = await startElsewhere(folder);
  other.process.kill("SIGKILL");
  await once(other.process, "exit");
  expect(await runs(folder, other.pid)).toBe(true);

  const server = await start(folder);
  expect(server).toMatchObject({ pid: other.pid, adopted: true });
  await server.stop();
  expect(await runs(folder, other.pid)).toBe(false);
});

test("the server stays while another process uses it, and goes with the last", async () => {
  const folder = await newFolder();
  const other = await startElsewhere(folder);
  const here = await start(folder);
  expect(here.adopted).toBe(true);
  await here.stop();
  expect(await runs(folder, other.pid)).toBe(true);
  other.process.kill("SIGTERM");
  await once(other.process, "exit");
  expect(await runs(folder, other.pid)).toBe(false);
});

test("two starts at once make one server", async () => {
  const folder = await newFolder();
  const [one, two] = await Promise.all([start(folder), start(folder)]);
  expect(one.pid).toBe(two.pid);
  expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
});

test("a server whose last query outlives it is started again once that has ended", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  const client = new pg.Client({ connectionString: first.url("postgres") });
  client.on("error", () => undefined);
  await client.connect();
  // Reckoning, it does not notice that its server is gone.
  const reckoning = client.query("SELECT count(*) FROM generate_series(1, 6000000) a WHERE a % 7 = 3").then(() => "ended", () => "ended");
  const atWork = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%' AND pid <> pg_backend_pid()";
  while ((await ask(first.url("postgres"), atWork)).length === 0);
  process.kill(first.pid, "SIGKILL");
  const second = await start(folder);
  expect(second.adopted).toBe(false);
  expect(await ask(second.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(await reckoning).toBe("ended");
  await client.end();
});

test("a server killed with kill -9 is started again and has what was committed", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  const lost = new Promise<void>((resolve) => first.onLost(resolve));
  await ask(first.url("handshake_owner"), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
  process.kill(first.pid, "SIGKILL");
  await lost;

  const second = await start(folder);
  expect(second.adopted).toBe(false);
  expect(await ask(second.url("handshake_owner"), "SELECT n FROM kept")).toEqual([{ n: 1 }]);
});

test("a pid file whose number now belongs to another program of the same user is no rival", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  await first.stop();
  const owner = await stat(first.folder);
  const stranger = spawn("sleep", ["600"], process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid, cwd: "/" } : { cwd: "/" });
  cleanUps.push(async () => stranger.kill());
  const data = path.join(first.folder, "data");
  await writeFile(path.join(data, "postmaster.pid"), `${stranger.pid}\n${data}\n1700000000\n${first.port}\n\n127.0.0.1\n`, { mode: 0o600 });

  const second = await start(folder);
  expect(second.adopted).toBe(false);
  expect(second.pid).not.toBe(stranger.pid);
  expect(stranger.exitCode).toBeNull();
});

test("when another program has taken the remembered port, a free one is chosen and remembered", async () => {
  const folder = await newFolder();
  const first = await start(folder);
  await first.stop();
  const thief = createServer().listen(first.port, "127.0.0.1");
  await once(thief, "listening");
  cleanUps.push(() => new Promise((resolve) => thief.close(resolve)));

  const second = await start(folder);
  expect(second.port).not.toBe(first.port);
  await second.stop();
  expect((await start(folder)).port).toBe(second.port);
});

test("nobody gets in without the right password, and passwords are random and readable by the owner only", async () => {
  const [one, two] = [await newFolder(), await newFolder()];
  const server = await start(one);
  const passwords = await readFile(`${one}.json`, "utf8");
  for (const login of ["postgres", "handshake_owner", "handshake_app"] as const) {
    for (const password of ["", "password", "postgres", login]) {
      const url = Object.assign(new URL(server.url(login)), { password });
      await expect(ask(url.href, "SELECT 1"), `${login} with "${password}"`).rejects.toThrow(/password/);
    }
    expect(passwords).toContain(new URL(server.url(login)).password);
  }
  expect((await stat(`${one}.json`)).mode & 0o777).toBe(0o600);
  expect((await stat(server.folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path.dirname(one))).mode & 0o066).toBe(0);
  const other = await start(two);
  expect(new URL(other.url("handshake_app")).password).not.toBe(new URL(server.url("handshake_app")).password);
});

test("it listens on the loopback address and nowhere else", async () => {
  const server = await start(await newFolder());
  const settings = await ask<{ name: string; setting: string }>(
    server.url("postgres"),
    "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'password_encryption', 'fsync', 'synchronous_commit', 'server_encoding') ORDER BY name",
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: "on",
    listen_addresses: "127.0.0.1",
    password_encryption: "scram-sha-256",
    server_encoding: "UTF8",
    synchronous_commit: "on",
    unix_socket_directories: "",
  });
  const outside = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of outside) {
    await expect(ask(Object.assign(new URL(server.url("postgres")), { hostname: address }).href, "SELECT 1"), address).rejects.toThrow(/ECONNREFUSED/);
  }
});

test("the application's login may do nothing by itself, and the owner is no superuser", async () => {
  const server = await start(await newFolder());
  await expect(ask(server.url("handshake_app"), "CREATE TABLE mine (n int)")).rejects.toThrow(/permission denied/);
  await expect(ask(server.url("handshake_app"), "CREATE TEMP TABLE mine (n int)")).rejects.toThrow(/permission denied/);
  await expect(ask(server.url("handshake_app"), "SET ROLE handshake_owner")).rejects.toThrow(/permission denied/);
  const roles = await ask(server.url("handshake_owner"), "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname LIKE 'handshake%' ORDER BY 1");
  expect(roles).toEqual([
    { rolname: "handshake_app", rolsuper: false, rolcreaterole: false },
    { rolname: "handshake_owner", rolsuper: false, rolcreaterole: false },
  ]);
});

test("a database without its passwords, or of another PostgreSQL, is refused in words and left as it is", async () => {
  const folder = await newFolder();
  const server = await start(folder);
  await server.stop();
  const passwords = await readFile(`${folder}.json`);
  await rm(`${folder}.json`);
  await expect(startEmbeddedPostgres({ folder, binaries: testBinaries() })).rejects.toThrow(PlainError);

  await writeFile(`${folder}.json`, passwords, { mode: 0o600 });
  const version = path.join(server.folder, "data", "PG_VERSION");
  const kept = await readFile(version, "utf8");
  await writeFile(version, "12\n");
  await expect(startEmbeddedPostgres({ folder, binaries: testBinaries() })).rejects.toThrow(/was made by PostgreSQL 12/);
  await writeFile(version, kept);
  expect((await start(folder)).adopted).toBe(false);
});

test("removing a cluster stops what a killed process left running, but not what another still uses", async () => {
  const folder = await newFolder();
  const other = await startElsewhere(folder);
  await expect(removeEmbeddedPostgres(folder)).rejects.toThrow(/Another Handshake is running/);
  expect(await runs(folder, other.pid)).toBe(true);
  other.process.kill("SIGKILL");
  await once(other.process, "exit");

  const data = path.join(await realpath(folder), "data");
  await removeEmbeddedPostgres(folder);
  expect(await isServerOf(other.pid, data)).toBe(false);
  await expect(realpath(folder)).rejects.toThrow(/ENOENT/);
  await expect(stat(`${folder}.json`)).rejects.toThrow(/ENOENT/);
});
