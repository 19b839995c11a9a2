import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { PlaceSettings } from "@/lib/data/settings/settings";

/** What a client of the demo needs; the file can be read by its owner only. */
export const demoSchema = z.object({
  web: z.string(),
  gateway: z.string(),
  apiKey: z.string(),
  staff: z.array(z.object({ email: z.string(), password: z.string(), role: z.string() })),
  customers: z.array(z.object({ ref: z.string(), email: z.string(), link: z.string() })),
});
export type Demo = z.infer<typeof demoSchema>;

export function demoFile(place: PlaceSettings): string {
  return path.join(place.directory, "demo.json");
}

/** The file's content, or null when there is none or it is not whole. */
export async function readDemo(place: PlaceSettings): Promise<Demo | null> {
  const text = await readFile(demoFile(place), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return demoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Writes the file, mode 0600. */
export async function writeDemo(place: PlaceSettings, demo: Demo): Promise<void> {
  const file = demoFile(place);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, file);
}
