// From plain JavaScript into the project's TypeScript: makes the database client it imports, then hands over.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";
import { generateClient } from "./generate.mjs";

export async function boot(parameters) {
  process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  try {
    generateClient();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  register();
  const { main } = await import("../lib/delivery/cli/main.ts");
  process.exit(await main(parameters));
}
