import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { Child, type ChildProgram } from "@/lib/delivery/cli/child";
import type { Household } from "@/lib/delivery/cli/household";
import { untilReady } from "@/lib/delivery/cli/ready";

const witness = pathToFileURL(path.resolve("e2e/bench/witness.mjs")).href;
const message = z.union([z.object({ witness: z.int() }), z.object({ used: z.number(), peak: z.number() })]);

/** A process of ours that can be asked how much processor time it has used, and memory. */
export type MeasuredProcess = {
  /** Processor time since it started, over all its threads, in microseconds. */
  used(): Promise<number>;
  /** The most memory that it has had so far (its resident set), in bytes. */
  peak(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * Starts a program with the witness in it and waits until it answers at the address, or says that it is ready.
 * @throws PlainError when it does not get there
 */
export async function startMeasured(household: Household, program: ChildProgram, address: string | null): Promise<MeasuredProcess> {
  household.goOn();
  const child = new Child({ ...program, parameters: ["--import", witness, ...program.parameters] });
  household.onStop(() => child.stop());
  let pid: number | null = null;
  const askers: ((said: { readonly used: number; readonly peak: number }) => void)[] = [];
  child.onMessage((sent) => {
    const { data } = message.safeParse(sent);
    if (data === undefined) return;
    if ("witness" in data) pid = data.witness;
    else askers.shift()?.(data);
  });
  await untilReady(child, address, household.signal);
  void child.exited.then((code) => {
    if (!child.stopping) household.end(1, `The ${child.name} process ended (${String(code)}) while it was measured:\n${child.lastWords}`);
  });
  const ask = () =>
    new Promise<{ readonly used: number; readonly peak: number }>((resolve, reject) => {
      if (pid === null) return reject(new Error(`the ${child.name} process has no witness`));
      askers.push(resolve);
      process.kill(pid, "SIGUSR2");
    });
  return {
    used: async () => (await ask()).used,
    peak: async () => (await ask()).peak,
    stop: () => child.stop(),
  };
}
