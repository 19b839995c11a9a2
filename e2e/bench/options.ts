import { parseArgs } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";

export const parts = ["publish", "decide", "lists", "peer", "ledger", "import", "pages"] as const;
export type Part = (typeof parts)[number];

export type Options = {
  /** How many people have answered. */
  readonly people: number;
  readonly only: ReadonlySet<Part>;
  /** How long each load lasts. */
  readonly seconds: number;
  /** Folder of the peer's harness, with its packages installed; null where there is none to compare with. */
  readonly peer: string | null;
};

/** Fewer would leave nobody for the comparison with a thousand. */
const fewest = 2_000;

/** Reads `--people`, `--only`, `--seconds` and `--peer`. @throws PlainError for what it does not know */
export function parseOptions(words: readonly string[]): Options {
  const { people, only, seconds, peer } = read([...words]);
  return {
    people: number("people", people, fewest, 10_000_000),
    only: new Set(only === undefined ? parts : only.split(",").map(part)),
    seconds: number("seconds", seconds, 1, 60),
    peer: peer ?? null,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { people: { type: "string", default: "1000000" }, only: { type: "string" }, seconds: { type: "string", default: "8" }, peer: { type: "string" } },
    }).values;
  } catch (cause) {
    throw new PlainError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function number(name: string, written: string, least: number, most: number): number {
  const value = Number(written.replaceAll(/[,_]/g, ""));
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new PlainError(`--${name} must be a whole number from ${least} to ${most}, and it is "${written}".`);
}

function part(word: string): Part {
  const found = parts.find((one) => one === word.trim());
  if (found === undefined) throw new PlainError(`--only takes ${parts.join(", ")}, separated by commas, and not "${word}".`);
  return found;
}
