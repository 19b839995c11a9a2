import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, inject, test, vi } from "vitest";
import { createTestDatabase } from "@/e2e/support/test-database";
import { withConnection } from "@/lib/data/migrate/check-database";
import { freePort } from "@/lib/data/embedded-postgres/ports";
import { removeEmbeddedPostgres } from "@/lib/data/embedded-postgres/remove";

// Whole commands, several processes each, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Surroundings = Record<string, string>;

/** A folder and ports of the test's own, and none of the variables of whoever runs the tests. */
async function surroundings(): Promise<Surroundings> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-cli-"));
  const directory = path.join(folder, ".handshake");
  cleanUps.push(() => rm(folder, { recursive: true, force: true }), () => removeEmbeddedPostgres(path.join(directory, "postgres")));
  const [web, gateway, mail] = [await freePort("127.0.0.1"), await freePort("127.0.0.1"), await freePort("127.0.0.1")];
  return { PATH: process.env["PATH"] ?? "", HOME: folder, HANDSHAKE_DIR: directory, WEB_PORT: String(web), GATEWAY_PORT: String(gateway), MAIL_PORT: String(mail) };
}

class Run {
  readonly process: ChildProcess;
  private output = "";
  private errors = "";

  constructor(parameters: readonly string[], environment: Surroundings, node: readonly string[] = []) {
    const child = spawn(process.execPath, [...node, "bin/handshake.mjs", ...parameters], { env: { ...environment, NODE_ENV: "test" }, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => (this.output += String(chunk)));
    child.stderr.on("data", (chunk) => (this.errors += String(chunk)));
    this.process = child;
    cleanUps.push(async () => child.kill("SIGKILL"));
  }

  async ended(): Promise<{ code: number | null; output: string; errors: string }> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    return { code: this.process.exitCode, output: this.output, errors: this.errors };
  }

  /** Waits for the line that says everything is up. */
  async isUp(): Promise<string> {
    while (!this.output.includes("Handshake is up.")) {
      const left = await Promise.race([once(this.process, "exit"), once(this.process.stdout ?? this.process, "data")]);
      if (this.process.exitCode !== null) throw new Error(`ended with ${String(left[0])}:\n${this.output}${this.errors}`);
    }
    return this.output;
  }
}

/** Runs a command that must fail: one sentence, code 1, nothing left in the folder. */
async function refusal(command: readonly string[], environment: Surroundings): Promise<string> {
  const { code, output, errors } = await new Run(command, environment).ended();
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors.trim()).toMatch(/^[^\n]+\.$/);
  expect(existsSync(environment["HANDSHAKE_DIR"] ?? ""), "nothing was begun").toBe(false);
  return errors.trim();
}

const secrets = { HANDSHAKE_SECRET: "s".repeat(48), HANDSHAKE_MASTER_KEY: Buffer.alloc(32, 1).toString("base64") };

test("an old Node gets a sentence", async () => {
  const old = `data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } })`;
  const { code, errors } = await new Run(["demo"], await surroundings(), ["--import", old]).ended();
  expect({ code, errors }).toEqual({ code: 1, errors: "Handshake needs Node 20.19 or newer, and this is Node 18.20.4.\n" });
});

test("a port that is taken is named with its variable, before anything is started", async () => {
  for (const [command, variable] of [["start", "WEB_PORT"], ["start", "GATEWAY_PORT"], ["gateway", "GATEWAY_PORT"], ["demo", "MAIL_PORT"]] as const) {
    const environment = await surroundings();
    const thief = createServer().listen(Number(environment[variable]), "127.0.0.1");
    await once(thief, "listening");
    expect(await refusal([command], environment)).toBe(`Port ${environment[variable]} on 127.0.0.1 is taken by another program; stop it, or set ${variable} to a free port.`);
    thief.close();
  }
});

test("a database that cannot be used, a missing secret and a wrong variable are one sentence each", async () => {
  const environment = { ...(await surroundings()), ...secrets };
  const cluster = inject("cluster");
  const wrongPassword = Object.assign(new URL(cluster.owner), { password: "wrong" }).href;
  expect(await refusal(["start"], { ...environment, DATABASE_URL: "postgresql://a:b@127.0.0.1:1/c" })).toMatch(/^The database at 127\.0\.0\.1:1 cannot be reached/);
  expect(await refusal(["start"], { ...environment, DATABASE_URL: wrongPassword })).toMatch(/refuses the login "handshake_owner"/);
  expect(await refusal(["start"], { ...environment, DATABASE_URL: cluster.owner, HANDSHAKE_MASTER_KEY: "" })).toMatch(/^HANDSHAKE_MASTER_KEY is not set/);
  expect(await refusal(["start"], { ...environment, WEB_PORT: "eighty" })).toBe('WEB_PORT must be a port number from 1 to 65535, and it is "eighty".');
  expect(await refusal(["demo", "--reset"], { ...environment, DATABASE_URL: cluster.owner })).toMatch(/^--reset empties only the embedded database/);
  expect(await refusal(["start", "--reset"], environment)).toBe("--reset belongs to npm run demo only.");
  expect(await refusal(["demo", "--anew"], environment)).toBe("Unknown option '--anew'.");
  expect(await refusal(["begin"], environment)).toMatch(/^There is no command "begin"/);
});

test("whoever says no command, or asks for help, is told every command", async () => {
  for (const words of [[], ["help"], ["--help"]]) {
    const { code, output, errors } = await new Run(words, await surroundings()).ended();
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    for (const command of ["demo", "start", "web", "gateway", "worker", "migrate", "build", "restored", "cleanse", "decide", "import", "forget", "dev", "diff", "bench"]) expect(output).toMatch(new RegExp(`^  (?:.* · )?${command}\\b`, "m"));
  }
});

test("a database of a newer version is refused", async () => {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  await withConnection(database.ownerUrl, "the test's database", (client) =>
    client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('1', 'x', '29990101000000_later', now(), 1)"),
  );
  expect(await refusal(["worker"], { ...(await surroundings()), ...secrets, DATABASE_URL: database.ownerUrl })).toMatch(/^This database belongs to a newer version of Handshake/);
});

test("the demo does not touch a database that holds something else", async () => {
  const environment = await surroundings();
  expect((await new Run(["migrate"], environment).ended()).code).toBe(0);
  const { code, errors } = await new Run(["demo"], environment).ended();
  expect(code).toBe(1);
  expect(errors).toMatch(/^The database holds something other than the demo \([^\n]+\n$/);
  expect(await leftOf(environment)).toEqual([]);
});

test("one process alone starts what it needs, answers, and stops all of it on Ctrl-C; the second start finds the data", async () => {
  const environment = await surroundings();
  const directory = environment["HANDSHAKE_DIR"] ?? "";
  const first = new Run(["gateway"], environment);
  await first.isUp();
  expect((await fetch(`http://127.0.0.1:${environment["GATEWAY_PORT"]}/v1/health`)).status).toBe(200);
  expect((await stat(path.join(directory, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect((await stat(directory)).mode & 0o066).toBe(0);
  const kept = await readFile(path.join(directory, "secrets.json"), "utf8");
  // Twice at once, as a terminal and npm do it.
  first.process.kill("SIGINT");
  first.process.kill("SIGINT");
  expect(await first.ended()).toMatchObject({ code: 0, errors: "" });
  expect(await leftOf(environment)).toEqual([]);

  const version = path.join(directory, "postgres", "data", "PG_VERSION");
  const made = (await stat(version)).mtimeMs;
  const second = new Run(["gateway"], environment);
  await second.isUp();
  expect((await stat(version)).mtimeMs).toBe(made);
  second.process.kill("SIGTERM");
  expect((await second.ended()).code).toBe(0);
  expect(await readFile(path.join(directory, "secrets.json"), "utf8")).toBe(kept);
});

test("when npm is told to stop, or nobody reads what is said, everything stops", async () => {
  for (const end of ["SIGTERM", "unread"] as const) {
    const environment = await surroundings();
    const npm = spawn("npm", ["run", "worker"], { env: { ...environment, NODE_ENV: "test" }, stdio: ["ignore", "pipe", "ignore"] });
    if (end === "unread") npm.stdout.destroy();
    else {
      await new Promise<void>((resolve) => npm.stdout.on("data", (chunk) => String(chunk).includes("Ctrl-C") && resolve()));
      npm.kill(end);
    }
    await once(npm, "exit");
    while ((await leftOf(environment)).length > 0) await wait(50);
  }
});

test("a process that is killed ends everything, in a sentence and with code 1", async () => {
  const environment = await surroundings();
  const run = new Run(["gateway"], environment);
  await run.isUp();
  const [child] = await childrenOf(run.process.pid ?? 0, "lib/delivery/gateway/main.ts");
  process.kill(child ?? 0, "SIGKILL");
  expect(await run.ended()).toMatchObject({ code: 1, errors: "The gateway process was killed, so everything stops.\n" });
  expect(await leftOf(environment)).toEqual([]);
});

test("when the command itself is killed its processes end, and the next start takes over the database", async () => {
  const environment = await surroundings();
  const run = new Run(["gateway"], environment);
  await run.isUp();
  const [child] = await childrenOf(run.process.pid ?? 0, "lib/delivery/gateway/main.ts");
  run.process.kill("SIGKILL");
  await run.ended();
  while (await isRunning(child ?? 0)) await wait(50);

  const next = new Run(["gateway"], environment);
  await next.isUp();
  next.process.kill("SIGINT");
  expect((await next.ended()).code).toBe(0);
  expect(await leftOf(environment)).toEqual([]);
});

/** Command lines of running processes that name the test's folder or ports. */
async function leftOf(environment: Surroundings): Promise<readonly string[]> {
  const directory = environment["HANDSHAKE_DIR"] ?? "";
  const found: string[] = [];
  for (const { pid, command } of await processes()) {
    const surrounding = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (command.includes(directory) || surrounding.includes(`HANDSHAKE_DIR=${directory}`)) found.push(command);
  }
  return found;
}

async function childrenOf(parent: number, program: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { pid, command } of await processes()) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    if (command.includes(program) && status.includes(`PPid:\t${parent}\n`)) found.push(pid);
  }
  return found;
}

async function processes(): Promise<readonly { pid: number; command: string }[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const commands = pids.map(async (pid) => ({ pid, command: (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ").trim() }));
  return (await Promise.all(commands)).filter(({ command }) => command !== "");
}

/** A process that ended and was not collected yet has no program any more. */
async function isRunning(pid: number): Promise<boolean> {
  return (await readlink(`/proc/${pid}/exe`).catch(() => null)) !== null;
}
