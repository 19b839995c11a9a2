import os from "node:os";

export type Machine = { readonly cores: number; readonly model: string; readonly memoryGiB: number; readonly system: string; readonly node: string; readonly postgres: string; readonly loadBefore: number; readonly line: string };

/** Processes that were running or waiting on average while this began; much above 0, the figures suffer from others. */
const loadBefore = os.loadavg()[0] ?? 0;

/** What the figures were taken on. */
export function describeMachine(postgres: string): Machine {
  const cpus = os.cpus();
  const machine = {
    cores: cpus.length,
    model: cpus[0]?.model.trim() ?? "unknown processor",
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    postgres,
    loadBefore,
  };
  const { cores, model, memoryGiB, system, node } = machine;
  return { ...machine, line: `Measured on ${cores} cores (${model}), ${memoryGiB} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}; database, servers and load on the same machine, whose load average was ${loadBefore.toFixed(1)} before.` };
}
