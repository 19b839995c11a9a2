import { defineConfig } from "@playwright/test";
import { findChromium } from "./bin/chromium.mjs";

// Found by `npm test`; run alone, Playwright's own browser where it was downloaded, else the system's.
const found = process.env["HANDSHAKE_CHROMIUM"] ?? findChromium();

export default defineConfig({
  testDir: "e2e",
  testMatch: ["journeys/**/*.spec.ts", "screens/**/*.spec.ts"],
  globalSetup: "./e2e/support/start-demo.ts",
  outputDir: "test-results",
  reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
  // Two, for the machines that this is checked on have two cores; one where a single demo runs already.
  workers: process.env["HANDSHAKE_TEST_RUNNING"] ? 1 : 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: "en-GB",
    timezoneId: "Europe/Oslo",
    trace: "retain-on-failure",
    launchOptions: {
      ...(found ? { executablePath: found } : {}),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
});
