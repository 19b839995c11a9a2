import os from "node:os";

export type Machine = { readonly cores: number; readonly model: string; readonly memoryGiB: number; readonly system: string; readonly node: string; readonly postgres: string; readonly line: string };

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
  };
  const { cores, model, memoryGiB, system, node } = machine;
  return { ...machine, line: `Measured on ${cores} cores (${model}), ${memoryGiB} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}; database, servers and load on the same machine.` };
}
