// Finds a Chromium for the browser tests, and on Debian as root installs the system's when there is none.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** The program's path, or null when there is none and none can be installed without asking. */
export function findChromium() {
  const found = find();
  if (found !== null || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return found;
  process.stdout.write("Installing Debian's chromium for the browser tests …\n");
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const parameters of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    spawnSync("apt-get", parameters, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  }
  return find();
}

function find() {
  const own = process.env.HANDSHAKE_CHROMIUM;
  return [own, chromium.executablePath(), ...places].find((place) => place !== undefined && existsSync(place)) ?? null;
}
