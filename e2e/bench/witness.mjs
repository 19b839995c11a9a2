// Loaded first into a process that is measured: says which one it is and, asked by a signal, how much processor time it
// has used, in microseconds, over all its threads, and how much memory it had at most, in bytes.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.send) {
  process.on("SIGUSR2", () => {
    const { user, system } = process.cpuUsage();
    process.send({ used: user + system, peak: process.resourceUsage().maxRSS * 1024 });
  });
  process.send({ witness: process.pid });
}
