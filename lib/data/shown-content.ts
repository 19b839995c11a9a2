import type { ShownContent } from "@/lib/contract/question";
import type { Tx } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";

export type Kept = { readonly digest: Uint8Array<ArrayBuffer>; readonly body: string };

/** What is shown in the one form it is kept in: canonical JSON, and its SHA-256. */
export function keptForm(content: ShownContent): Kept {
  const body = canonicalJson(content);
  return { digest: sha256(Buffer.from(body, "utf8")), body };
}

/** Keeps each content once and notes that this person was shown it; doing so again changes nothing. */
export async function keepServed(db: Tx, personId: string, channel: string, served: readonly Kept[]): Promise<void> {
  if (served.length === 0) return;
  await db.shownContent.createMany({ data: [...served], skipDuplicates: true });
  await db.serving.createMany({ data: served.map(({ digest }) => ({ personId, shown: digest, channel })), skipDuplicates: true });
}

/** Bodies by digest in hex, as JSON text; what is not kept is left out. */
export async function readShown(db: Tx, digests: readonly Uint8Array<ArrayBuffer>[]): Promise<Map<string, string>> {
  if (digests.length === 0) return new Map();
  const rows = await db.shownContent.findMany({ where: { digest: { in: [...digests] } }, select: { digest: true, body: true } });
  return new Map(rows.map(({ digest, body }) => [toHex(digest), body]));
}
