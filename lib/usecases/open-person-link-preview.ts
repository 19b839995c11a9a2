import { database } from "@/lib/data/client";
import { readPersonLink } from "@/lib/data/person-links";

/** How a link stands. Looking does not use it up: programs that scan mail open every link in it. */
export async function previewPersonLink(token: string): Promise<"open" | "used" | "expired" | "unknown"> {
  return (await readPersonLink(database(), token)).state;
}
