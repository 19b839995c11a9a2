import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import path from "node:path";

const guard = pathToFileURL(path.resolve("lib/delivery/cli/parent-guard.mjs")).href;

/** How long a child may take to end after it was asked kindly, in milliseconds. */
const grace = 4_000;

export type ChildProgram = {
  /** What its lines are marked with, e.g. `web`. */
  readonly name: string;
  /** Parameters for node: the program first. */
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** false: nothing it says is shown, unless it fails or `letTalk` is called. */
  readonly talks: boolean;
};

/** A running Node process of ours. It ends when we do, even when we are killed. */
export class Child {
  private readonly process: ChildProcess;
  private readonly kept: string[] = [];
  private asked = false;
  private talking: boolean;
  /** Settles when it has ended: its exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;

  constructor(private readonly program: ChildProgram) {
    this.talking = program.talks;
    // A process group of its own: Ctrl-C in the terminal reaches us alone, and we end the children in order.
    this.process = spawn(process.execPath, ["--import", guard, ...program.parameters], {
      env: { ...program.environment, HANDSHAKE_PARENT: String(process.pid) },
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.exited = new Promise((resolve) => {
      this.process.once("exit", resolve);
      this.process.once("error", () => resolve(1));
    });
    this.listen(this.process.stdout);
    this.listen(this.process.stderr);
  }

  get name(): string {
    return this.program.name;
  }

  /** From now on its lines are shown as they come; what it said while it started is forgotten. */
  letTalk(): void {
    this.talking = true;
    this.kept.length = 0;
  }

  /** Whether we have asked it to stop, so that its end is no surprise. */
  get stopping(): boolean {
    return this.asked;
  }

  /** The last lines it said, for a report of its failure. */
  get lastWords(): string {
    return this.kept.join("\n");
  }

  /** Calls back for every message the child sends with `process.send`. */
  onMessage(callback: (message: unknown) => void): void {
    this.process.on("message", callback);
  }

  /** Asks it to stop, and after a while makes it. Settles when it and what it started are gone. */
  async stop(): Promise<void> {
    this.asked = true;
    this.signal("SIGTERM");
    const inTime = await Promise.race([this.exited.then(() => true), wait(grace, false, { ref: false })]);
    this.signal("SIGKILL");
    if (!inTime) await this.exited;
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.process.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // The whole group is gone already.
    }
  }

  private listen(stream: Readable | null): void {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) => {
      this.kept.push(line);
      if (this.kept.length > 40) this.kept.shift();
      if (this.talking) console.log(`${this.program.name.padEnd(8)} ${line}`);
    });
  }
}
