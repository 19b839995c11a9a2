import { createRequire } from "node:module";
import path from "node:path";
import type { PlaceSettings } from "@/lib/data/settings/settings";
import type { ChildProgram } from "./child";

/** The processes that Handshake is made of; each can be started alone, as many times as wanted. */
export const processNames = ["web", "gateway", "worker"] as const;
export type ProcessName = (typeof processNames)[number];

type Common = { readonly place: PlaceSettings; readonly environment: NodeJS.ProcessEnv; readonly development: boolean };

/** How to run one of the processes. */
export function programOf(name: ProcessName, { place, environment, development }: Common): ChildProgram {
  const parameters =
    name === "web"
      ? [nextProgram(), development ? "dev" : "start", "--port", String(place.webPort), "--hostname", place.host]
      : [...(name === "gateway" ? sparing : []), ...typescript(`lib/delivery/${name}/main.ts`)];
  return { name, parameters, environment, talks: development || name !== "web" };
}

/** Lists stream through the gateway: what is read and gone is cleared away sooner, so that the process stays small (in MB). */
const sparing = ["--max-semi-space-size=8"];

/** Parameters for node to run a TypeScript file of the project. */
export function typescript(file: string): readonly string[] {
  return ["--import", "tsx", "--enable-source-maps", file];
}

/** The file of Next's command line. */
export function nextProgram(): string {
  const folder = path.dirname(createRequire(import.meta.url).resolve("next/package.json"));
  return path.join(folder, "dist", "bin", "next");
}
