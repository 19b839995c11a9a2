import { watch } from "node:fs";
import type { Household } from "./household";

/** How long the sources must be quiet before a change counts, in milliseconds: editors save in several strokes. */
const quiet = 250;

/** Calls back after every change of the TypeScript below `lib`, until the household ends. */
export function onSourceChange(household: Household, callback: () => Promise<void>): void {
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();
  const watcher = watch("lib", { recursive: true }, (_event, file) => {
    if (file === null || !file.endsWith(".ts") || file.endsWith(".test.ts") || file.includes("delivery/cli")) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(callback);
    }, quiet);
  });
  household.onStop(async () => {
    watcher.close();
    if (timer !== null) clearTimeout(timer);
    await running;
  });
}
