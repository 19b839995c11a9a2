import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { withLockFile } from "@/lib/data/embedded-postgres/lock-file";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "./household";
import { nextProgram } from "./programs";
import { runStep } from "./step";

/** What the web pages are made of; everything else may change without a new build. */
const sources = ["app", "components", "lib", "public", "prisma/schema", "prisma/taxonomy"];
const sourceFiles = ["package.json", "package-lock.json", "next.config.js", "postcss.config.mjs", "tsconfig.json"];
const notSources = new Set(["lib/data/prisma-client", "lib/delivery/cli", "lib/delivery/gateway", "lib/delivery/worker"]);
const buildFolder = ".next";
const marker = path.join(buildFolder, "made-from.txt");

/** Builds the web pages for production, unless they are there and made from these very sources. */
export async function buildWeb(household: Household, environment: NodeJS.ProcessEnv): Promise<void> {
  const lock = path.join("node_modules", ".cache", "handshake-build.lock");
  await mkdir(path.dirname(lock), { recursive: true });
  await withLockFile(lock, async () => {
    const wanted = await fingerprint();
    const made = await readFile(marker, "utf8").catch(() => null);
    if (made !== null && made === `${wanted} ${await buildId()}`) return;
    const began = Date.now();
    console.log("Building the web pages, which takes a minute and is done again only when they change …");
    await runStep(
      household,
      {
        name: "build",
        parameters: [nextProgram(), "build"],
        environment: { ...environment, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
        talks: false,
      },
      "The web pages could not be built:",
    );
    const built = await buildId();
    if (built === null) throw new PlainError("The web pages could not be built: Next ended without a word.");
    await writeFile(marker, `${wanted} ${built}`);
    console.log(`Built in ${Math.round((Date.now() - began) / 1000)} s.`);
  });
}

/** `npm run build`: the web pages alone, for images and machines that start later. */
export async function runBuild(household: Household): Promise<"done"> {
  await buildWeb(household, process.env);
  return "done";
}

/** Next writes a new id with every build, so a build by another hand is told from ours. */
async function buildId(): Promise<string | null> {
  return readFile(path.join(buildFolder, "BUILD_ID"), "utf8").catch(() => null);
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  const files = [...sourceFiles, ...(await Promise.all(sources.map(filesBelow))).flat()];
  for (const file of files) {
    const content = await readFile(file).catch(() => null);
    if (content !== null) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  if (notSources.has(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(async (entry) => {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(inside);
      return entry.name.endsWith(".test.ts") ? [] : [inside];
    });
  return (await Promise.all(found)).flat();
}
