import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { testBinaries } from "@/e2e/support/test-binaries";
import { removeEmbeddedPostgres } from "@/lib/data/embedded-postgres/remove";
import { isServerOf } from "@/lib/data/embedded-postgres/running-server";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { migrate } from "@/lib/data/migrate/migrate";

const run = promisify(execFile);

/** A cluster of one test's own, on the settings of the product, that can be killed and comes back on the same data. */
export class Cluster {
  /** Settled while the database is there to be used. */
  up: Promise<void> = Promise.resolve();

  private constructor(
    /** Where everything of the test lies. */
    readonly folder: string,
    private server: EmbeddedPostgres,
  ) {}

  /** Makes one in a temporary folder, migrated. */
  static async create(): Promise<Cluster> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-faults-"));
    const cluster = new Cluster(folder, await startIn(folder));
    await migrate(cluster.url("handshake_owner"));
    return cluster;
  }

  url(login: "postgres" | "handshake_owner" | "handshake_app"): string {
    return this.server.url(login);
  }

  /** Asks something as this login. */
  async ask<T extends object>(login: "postgres" | "handshake_owner" | "handshake_app", sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.url(login) });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /**
   * kill -9: the postmaster alone, whose children then go by themselves, or every process of the cluster at once, with
   * all that was only in their memory. Done when none is left.
   */
  async kill(what: "postmaster" | "everything"): Promise<void> {
    const { pid } = this.server;
    // Nobody is born between the look at the list and the end.
    if (what === "everything") signal(pid, "SIGSTOP");
    const children = await this.children();
    for (const one of what === "everything" ? [...children, pid] : [pid]) signal(one, "SIGKILL");
    await this.gone([pid, ...children]);
  }

  /** Starts it again on the same data: PostgreSQL recovers from its log. The addresses stay. */
  async comeBack(): Promise<void> {
    const { port } = this.server;
    this.server = await startIn(this.folder);
    if (this.server.port !== port) throw new Error("another program has taken the port of the killed database");
  }

  /**
   * Leaves the cluster room for no file larger than this many bytes, as a full disk would; null gives it all back. Done as
   * the user whom PostgreSQL runs as: nobody else may everywhere.
   */
  async limitFiles(bytes: number | null): Promise<void> {
    const { uid, gid } = await stat(path.join(this.server.folder, "data"));
    const as = process.getuid?.() === uid ? {} : { uid, gid, cwd: "/" };
    const data = path.join(this.server.folder, "data");
    const limit = (pid: number) =>
      run("prlimit", [`--pid=${pid}`, `--fsize=${bytes ?? "unlimited"}:`], as).catch(async (error: unknown) => {
        if (await isServerOf(pid, data)) throw error;
      });
    // The postmaster first: what is born from now on inherits the limit.
    await limit(this.server.pid);
    await Promise.all((await this.children()).map(limit));
  }

  async remove(): Promise<void> {
    await this.server.stop();
    await removeEmbeddedPostgres(path.join(this.folder, "postgres"));
    await rm(this.folder, { recursive: true, force: true });
  }

  private async children(): Promise<number[]> {
    const { stdout } = await run("ps", ["-A", "-o", "ppid=,pid="]);
    const pairs = stdout.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
    return pairs.flatMap(([parent, pid]) => (parent === this.server.pid && pid !== undefined ? [pid] : []));
  }

  /** They are nobody's children that could be waited for, so this looks again and again. */
  private async gone(pids: readonly number[]): Promise<void> {
    const data = path.join(this.server.folder, "data");
    for (const pid of pids) while (await isServerOf(pid, data)) await wait(5);
  }
}

const startIn = (folder: string): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ folder: path.join(folder, "postgres"), binaries: testBinaries() });

/** Whoever has ended by itself needs no signal. */
function signal(pid: number, name: "SIGSTOP" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
