// Everything that must hold, one suite after the other, and one line at the end that adds them up. With names of
// suites (types, lint, unit, embedded, installed, faults, browser) only those.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";
import { findChromium } from "./chromium.mjs";
import { generateClient } from "./generate.mjs";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
process.env.NEXT_TELEMETRY_DISABLED = "1";
register();
const { findInstalledPostgres } = await import("../e2e/support/installed-postgres.ts");
const reports = mkdtempSync(path.join(os.tmpdir(), "handshake-reports-"));

const suites = {
  types: () => single(["bin/typecheck.mjs"]),
  lint: () => single(["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"]),
  unit: () => vitest("unit", {}),
  embedded: () => vitest("database", { HANDSHAKE_TEST_POSTGRES: "embedded" }),
  installed: () => vitest("database", { HANDSHAKE_TEST_POSTGRES: findInstalledPostgres() }),
  faults: () => vitest("faults", {}),
  browser: () => playwright(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}"; there are ${Object.keys(suites).join(", ")}.`);
  process.exit(1);
}
const sum = { passed: 0, failed: 0 };
const lines = [];
try {
  generateClient();
  for (const [name, suite] of Object.entries(suites)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (name === "installed" && findInstalledPostgres() === null) {
      lines.push("installed: no PostgreSQL 15 or newer is installed here, so the database tests ran on the embedded one alone");
      continue;
    }
    say(`\n── ${name} ──`);
    const { passed, failed } = await suite();
    sum.passed += passed;
    sum.failed += failed;
    lines.push(`${name}: ${passed} passed, ${failed} failed`);
  }
} catch (error) {
  sum.failed += 1;
  lines.push(error.message);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
say(`\n${lines.join("\n")}\n`);
say(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A check that holds or does not. */
async function single(program) {
  return (await run(program)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project, environment) {
  const file = path.join(reports, `${project}-${Object.values(environment).length}-${Date.now()}.json`);
  const code = await run(["node_modules/vitest/vitest.mjs", "run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`], environment);
  const report = read(file);
  return count(code, report?.numPassedTests, report?.numFailedTests);
}

async function playwright() {
  const chromium = findChromium();
  if (chromium === null) {
    console.error("The browser tests need Chromium: run `npx playwright install --with-deps chromium`, or install your system's (`apt-get install -y chromium`).");
    return { passed: 0, failed: 1 };
  }
  const file = path.join(reports, "browser.json");
  const code = await run(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    HANDSHAKE_CHROMIUM: chromium,
  });
  const { expected, unexpected, flaky } = read(file)?.stats ?? {};
  // One that holds only at the second try does not hold.
  return count(code, expected, unexpected === undefined ? undefined : unexpected + flaky);
}

/** A suite that broke off before it could count is a failure too. */
function count(code, passed, failed) {
  if (passed === undefined || failed === undefined) return { passed: 0, failed: 1 };
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function run(program, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, program, { stdio: "inherit", env: { ...process.env, ...environment } });
    child.once("exit", resolve).once("error", () => resolve(1));
  });
}
