import { parseArgs } from "node:util";
import { keeps } from "@/lib/contract/list";
import { PlainError } from "@/lib/data/settings/plain-error";
import { cleanse } from "./cleanse";
import { gatewayOf } from "./gateway-client";
import type { Household } from "./household";

const usage =
  "Use it as: handshake cleanse --use KEY [--keep suppressed] [--column NAME] [--version N] [--format ndjson] < in.csv > out.csv. It asks the gateway at HANDSHAKE_GATEWAY with the key in HANDSHAKE_API_KEY.";

/**
 * `handshake cleanse --use KEY < in.csv > out.csv`: only the rows of people who permit the use come out. What it did, and
 * how far it is, stands on stderr.
 */
export async function runCleanse(household: Household, words: readonly string[]): Promise<"done"> {
  const { use, keep, column, version, format } = options(words);
  if (use === undefined) throw new PlainError(usage);
  const kept = keeps.find((one) => one === keep);
  if (kept === undefined || (format !== "csv" && format !== "ndjson")) throw new PlainError(usage);
  const { gateway, apiKey } = gatewayOf(process.env);
  const shown = progressLine();
  try {
    const counts = await cleanse({ gateway, apiKey, use, keep: kept, format, version: version ?? null, column: column ?? null }, process.stdin, process.stdout, shown.at, household.signal);
    // What is written last must be out before the process is.
    await new Promise<void>((written) => process.stdout.write("", () => written()));
    shown.clear();
    const all = Object.entries(counts);
    console.error(`${figure(all.reduce((sum, [, count]) => sum + count, 0))} rows.`);
    for (const [reason, count] of all) console.error(`  ${reason.padEnd(14)} ${figure(count)}`);
    return "done";
  } catch (error) {
    shown.clear();
    household.goOn();
    if (error instanceof PlainError) throw new PlainError(`${error.message} What was written is not the whole list: do not use it.`, error);
    throw error;
  }
}

const figure = (count: number): string => count.toLocaleString("en-GB");

function options(words: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    return parseArgs({ args: [...words], options: { use: text, keep: { ...text, default: "permitted" }, column: text, version: text, format: { ...text, default: "csv" } } }).values;
  } catch (cause) {
    throw new PlainError(usage, cause);
  }
}

/** One line that is written over, on a terminal only. */
function progressLine(): { at(rows: number): void; clear(): void } {
  if (!process.stderr.isTTY) return { at: () => undefined, clear: () => undefined };
  let next = 0;
  return {
    at(rows) {
      if (Date.now() < next) return;
      next = Date.now() + 200;
      process.stderr.write(`\r\u001b[K${figure(rows)} rows sent`);
    },
    clear: () => void process.stderr.write("\r\u001b[K"),
  };
}
