import { shownContent, type ShownContent } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { readShown } from "@/lib/data/shown-content";

/** What was shown never changes under its digest, so what was read once need not be read again. */
const read = new Map<string, ShownContent>();
const most = 2_000;

/** What was shown, by its digest in hex; what is not kept is left out. */
export async function shownBy(digests: readonly string[]): Promise<ReadonlyMap<string, ShownContent>> {
  const missing = digests.filter((digest) => !read.has(digest));
  if (missing.length > 0) {
    if (read.size + missing.length > most) read.clear();
    const bodies = await readShown(database(), missing.map(fromHex));
    for (const [digest, body] of bodies) read.set(digest, shownContent.parse(JSON.parse(body)));
  }
  return new Map(digests.flatMap((digest) => (read.has(digest) ? [[digest, read.get(digest)!] as const] : [])));
}
