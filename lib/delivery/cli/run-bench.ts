import { spawn } from "node:child_process";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "./household";
import { typescript } from "./programs";

/** `npm run bench`: the measurements of `e2e/bench`, with the parameters given. They start what they need themselves. */
export async function runBench(household: Household, words: readonly string[]): Promise<"done"> {
  const bench = spawn(process.execPath, [...typescript("e2e/bench/main.ts"), ...words], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: "inherit",
  });
  household.signal.addEventListener("abort", () => bench.kill("SIGTERM"), { once: true });
  const code = await new Promise<number | null>((resolve) => bench.once("exit", resolve).once("error", () => resolve(1)));
  household.goOn();
  if (code !== 0) throw new PlainError("The measurements did not come to their end.");
  return "done";
}
