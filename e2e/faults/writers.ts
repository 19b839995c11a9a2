import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Cluster } from "./cluster";
import { report, type Command, type Subjects } from "./messages";
import type { Request } from "./requests";

type Writer = { readonly journal: string; child: ChildProcess; idle: (() => void) | null };

/** Clients in processes of their own, each with its journal in the cluster's folder. */
export class Writers {
  private readonly writers: Writer[] = [];
  private listeners = new Set<() => void>();
  private broken!: (error: Error) => void;
  /** Never settles, unless a writer ends that nobody killed. */
  private readonly fault = new Promise<never>((_resolve, reject) => (this.broken = reject));

  private constructor(
    private readonly cluster: Cluster,
    private readonly subjects: Subjects,
  ) {
    this.fault.catch(() => undefined);
  }

  /** Starts that many; they wait to be told what to do. */
  static async start(cluster: Cluster, subjects: Subjects, count: number): Promise<Writers> {
    const writers = new Writers(cluster, subjects);
    for (let i = 0; i < count; i++) {
      const journal = path.join(cluster.folder, `writer-${i}.journal`);
      writers.writers.push({ journal, child: writers.launch(journal), idle: null });
    }
    await writers.unbroken(Promise.all(writers.writers.map(({ child }) => once(child, "message"))));
    return writers;
  }

  get count(): number {
    return this.writers.length;
  }

  /** All send new requests from now on. */
  run(): void {
    for (const writer of this.writers) tell(writer, { run: this.subjects });
  }

  /** Until that many more requests were sent, or answered, by anyone. */
  async events(count: number): Promise<void> {
    let left = count;
    if (left <= 0) return;
    let listen = () => {};
    const reached = new Promise<void>((resolve) => {
      listen = () => void (--left === 0 && resolve());
      this.listeners.add(listen);
    });
    await this.unbroken(reached).finally(() => this.listeners.delete(listen));
  }

  /** No new requests; done when every one that was sent has its answer. */
  async pause(): Promise<void> {
    await this.unbroken(Promise.all(this.writers.map((writer) => this.idleOf(writer))));
  }

  /** Has the first `lists.length` writers send these, all at once; done when every one has its answer. */
  async perform(lists: readonly (readonly Request[])[]): Promise<void> {
    const chosen = this.writers.slice(0, lists.length);
    chosen.forEach((writer, i) => tell(writer, { perform: [...lists[i]!] }));
    await this.unbroken(Promise.all(chosen.map((writer) => this.idleOf(writer))));
  }

  /** kill -9, one of them. */
  async kill(which: number): Promise<void> {
    const { child } = this.writers[which]!;
    child.removeAllListeners("exit").removeAllListeners("message");
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  /** Starts a killed one again on its journal, to go on. */
  comeBack(which: number): void {
    const writer = this.writers[which]!;
    writer.child = this.launch(writer.journal);
    tell(writer, { run: this.subjects });
  }

  async end(): Promise<void> {
    for (const i of this.writers.keys()) await this.kill(i);
  }

  private idleOf(writer: Writer): Promise<void> {
    return new Promise((resolve) => {
      writer.idle = resolve;
      tell(writer, "pause");
    });
  }

  private launch(journal: string): ChildProcess {
    const child = fork("e2e/faults/writer.ts", [journal], { execArgv: ["--import", "tsx"] });
    child.on("message", (message) => {
      const said = report.parse(message);
      const writer = this.writers.find((one) => one.child === child);
      if (said === "lost") void this.cluster.up.then(() => child.connected && child.send("up" satisfies Command), () => undefined);
      else if (said === "idle") writer?.idle?.();
      else if (said !== "ready") for (const listen of this.listeners) listen();
    });
    child.once("exit", (code) => this.broken(new Error(`a writer ended (${String(code)})`)));
    return child;
  }

  private unbroken<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.fault]);
  }
}

const tell = (writer: Writer, what: Command): void => void writer.child.send(what);
