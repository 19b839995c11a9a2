// Loaded first into a process that is measured: says which one it is and, asked by a signal, how much processor time it
// has used, in microseconds, over all its threads.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.send) {
  process.on("SIGUSR2", () => {
    const { user, system } = process.cpuUsage();
    process.send({ used: user + system });
  });
  process.send({ witness: process.pid });
}
