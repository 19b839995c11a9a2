import { PlainError } from "@/lib/data/settings/plain-error";

/** Thrown out of the work of starting when the end has begun meanwhile; nothing is wrong. */
class EndedEarly extends Error {}

/**
 * Everything one command has started, and the way it ends: by a signal, by a child that stopped, or by a failure while
 * starting. Whatever was started is stopped in reverse order, once, whichever comes first.
 */
export class Household {
  private readonly stops: (() => Promise<void>)[] = [];
  private readonly ending = new AbortController();
  private code = 0;

  /** Aborted when the end begins: for steps that can be broken off. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Has `stop` called at the end. */
  onStop(stop: () => Promise<void>): void {
    this.stops.push(stop);
  }

  /** Begins the end. Only the first call counts. */
  end(code: number, sentence?: string): void {
    if (this.ending.signal.aborted) return;
    this.code = code;
    if (sentence !== undefined) console.error(sentence);
    this.ending.abort();
  }

  /** Between two steps of starting: goes no further when the end has begun. */
  goOn(): void {
    if (this.ending.signal.aborted) throw new EndedEarly();
  }

  /**
   * Runs `start`, waits for the end unless `start` says there is nothing to wait for, and stops everything.
   * @returns the exit code: 0 after a signal, 1 after a failure
   */
  async run(start: () => Promise<"stay" | "done">): Promise<number> {
    const unlisten = this.listen();
    try {
      if ((await start()) === "stay") await this.ended();
    } catch (error) {
      if (!(error instanceof EndedEarly) && !this.ending.signal.aborted) this.end(1, describe(error));
    }
    this.end(this.code);
    for (const stop of this.stops.reverse()) {
      await stop().catch((error: unknown) => {
        this.code = 1;
        console.error(describe(error));
      });
    }
    unlisten();
    return this.code;
  }

  private ended(): Promise<void> {
    return new Promise((resolve) => {
      if (this.ending.signal.aborted) resolve();
      else this.ending.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  private listen(): () => void {
    let firstAt = 0;
    const onSignal = () => {
      // One Ctrl-C may arrive twice, from the terminal and through npm. Asked again later, we do not wait any more.
      if (firstAt > 0 && Date.now() - firstAt > 2_000) process.exit(1);
      firstAt ||= Date.now();
      this.end(0);
    };
    // npm starts us through a shell which, told to stop, goes without telling us.
    const parent = process.ppid;
    const orphaned = process.env["npm_lifecycle_event"] === undefined ? null : setInterval(() => process.ppid !== parent && this.end(0), 500).unref();
    // Nobody reads us any more: a closed terminal, a pipe that ended.
    const unread = () => this.end(1);
    for (const stream of [process.stdout, process.stderr]) stream.on("error", unread);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, onSignal);
    return () => {
      for (const stream of [process.stdout, process.stderr]) stream.off("error", unread);
      if (orphaned !== null) clearInterval(orphaned);
      for (const signal of signals) process.off(signal, onSignal);
    };
  }
}

/** One sentence for a failure that was foreseen, everything for one that was not. */
export function describe(error: unknown): string {
  if (error instanceof PlainError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
