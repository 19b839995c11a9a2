// Checks the types of everything, after making the two things they rest on: the database client, and Next's types of
// the pages and their addresses.
import { spawnSync } from "node:child_process";
import { generateClient } from "./generate.mjs";

generateClient();
for (const program of [["node_modules/next/dist/bin/next", "typegen"], ["node_modules/typescript/bin/tsc", "--noEmit"]]) {
  const quiet = program[1] === "typegen";
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    encoding: "utf8",
    stdio: quiet ? "pipe" : "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) {
    if (quiet) console.error(`${stdout}${stderr}`);
    process.exit(1);
  }
}
