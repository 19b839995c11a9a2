import { parseArgs } from "node:util";
import { PlainError } from "@/lib/data/settings/plain-error";
import { helpText } from "./help";
import { Household } from "./household";
import { runDemo } from "./run-demo";
import { runDiff, runMigrate } from "./run-migrations";
import { runRestored } from "./run-restored";
import { runAll, runDevelopment, runOne } from "./run-processes";
import { runBench } from "./run-bench";
import { runCleanse } from "./run-cleanse";
import { runDecide } from "./run-decide";
import { runForget } from "./run-forget";
import { runImport } from "./run-import";
import { runBuild } from "./web-build";

type Command = (household: Household, words: readonly string[], flags: { readonly reset: boolean }) => Promise<"stay" | "done">;

const commands: Readonly<Record<string, Command>> = {
  demo: (household, _words, { reset }) => runDemo(household, reset),
  start: (household) => runAll(household),
  dev: (household) => runDevelopment(household),
  web: (household) => runOne(household, "web"),
  gateway: (household) => runOne(household, "gateway"),
  worker: (household) => runOne(household, "worker"),
  migrate: (household) => runMigrate(household),
  diff: (_household, words) => runDiff(words[0]),
  build: (household) => runBuild(household),
  restored: (household) => runRestored(household),
  bench: (household, words) => runBench(household, words),
  cleanse: (household, words) => runCleanse(household, words),
  decide: (_household, words) => runDecide(words),
  import: (_household, words) => runImport(words),
  forget: (_household, words) => runForget(words),
};
const asksForHelp = new Set(["", "help", "--help", "-h"]);
/** Those that read what follows them themselves. */
const ownWords = new Set(["bench", "cleanse", "decide", "import", "forget"]);

/**
 * Runs one command of `bin/handshake.mjs`.
 * @param parameters the command's name and what follows it
 * @returns the exit code: 0 when all went well, or Ctrl-C ended it; 1 otherwise
 */
export async function main(parameters: readonly string[]): Promise<number> {
  const household = new Household();
  return household.run(async () => {
    const [name = "", ...rest] = parameters;
    if (asksForHelp.has(name)) {
      console.log(helpText());
      return "done";
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      throw new PlainError(`There is no command "${name}"; handshake help names those there are.`);
    }
    if (ownWords.has(name)) return command(household, rest, { reset: false });
    const { values, positionals } = parse(rest);
    if (values.reset && name !== "demo") throw new PlainError("--reset belongs to npm run demo only.");
    return command(household, positionals, { reset: values.reset });
  });
}

function parse(rest: string[]) {
  try {
    return parseArgs({ args: rest, allowPositionals: true, options: { reset: { type: "boolean", default: false } } });
  } catch (cause) {
    const [sentence = ""] = String(cause instanceof Error ? cause.message : cause).split(". ");
    throw new PlainError(`${sentence.replace(/\.$/, "")}.`, cause);
  }
}
