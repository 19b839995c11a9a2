import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

/** Playwright's own browser where it was downloaded, else the system's Chromium. */
function browserPath(): string | undefined {
  const own = chromium.executablePath();
  if (existsSync(own)) return undefined;
  return [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
}

const executablePath = browserPath();

export default defineConfig({
  testDir: "e2e",
  testMatch: ["journeys/**/*.spec.ts", "screens/**/*.spec.ts"],
  globalSetup: "./e2e/support/start-demo.ts",
  outputDir: "test-results",
  reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Oslo",
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
});
