import type { ShownContent } from "@/lib/contract/question";
import { pool, type Tx } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";

export type Kept = { readonly digest: Uint8Array<ArrayBuffer>; readonly body: string };

/** What is shown in the one form it is kept in: canonical JSON, and its SHA-256. */
export function keptForm(content: ShownContent): Kept {
  const body = canonicalJson(content);
  return { digest: sha256(Buffer.from(body, "utf8")), body };
}

/** Keeps each content once, and notes that this person was shown it: first, last and how often. */
export async function keepServed(db: Tx, personId: string, channel: string, served: readonly Kept[]): Promise<void> {
  if (served.length === 0) return;
  await db.shownContent.createMany({ data: [...served], skipDuplicates: true });
  await db.$executeRaw`
    INSERT INTO serving AS s (person_id, shown, channel)
    SELECT ${personId}::uuid, d, ${channel} FROM unnest(${served.map(({ digest }) => digest)}::bytea[]) d
    ON CONFLICT (person_id, shown) DO UPDATE SET last_served_at = GREATEST(s.last_served_at, excluded.last_served_at), times = s.times + 1`;
}

/** A question that a host may put to somebody, if their budget still holds it; `about` is the id of the data use or policy. */
export type Offered = { readonly about: string; readonly version: number; readonly kept: Kept };
export type Budget = { readonly perVisit: number; readonly perMonth: number | null };

const take = {
  name: "serve-questions",
  text: "SELECT taken, unkept, asked FROM serve_questions($1, $2, $3, $4, $5, $6, $7, $8)",
};

/**
 * Takes, of what is offered in order, what the person's budget still holds (at most `most`), and notes it as served. What
 * was served to them within the last thirty minutes belongs to the same visit and costs nothing. Calls at the same moment
 * about the same person wait for each other.
 * @returns places in `offered`, and how many questions that makes this month; null where nobody is known by this id (any more)
 */
export async function takeQuestions(person: string, channel: string, offered: readonly Offered[], budget: Budget, most: number): Promise<{ taken: readonly number[]; asked: number } | null> {
  const { rows } = await pool().query<{ taken: number[]; unkept: number[]; asked: number }>({
    ...take,
    values: [person, channel, budget.perVisit, budget.perMonth, most, offered.map(({ about }) => about), offered.map(({ version }) => version), offered.map(({ kept }) => kept.digest)],
  });
  const [row] = rows;
  if (!row) return null;
  if (row.unkept.length > 0) await keepContents(row.unkept.map((place) => offered[place - 1]!.kept));
  return { taken: row.taken.map((place) => place - 1), asked: row.asked };
}

async function keepContents(contents: readonly Kept[]): Promise<void> {
  await pool().query({
    name: "keep-contents",
    text: "INSERT INTO shown_content (digest, body) SELECT * FROM unnest($1::bytea[], $2::text[]) ON CONFLICT (digest) DO NOTHING",
    values: [contents.map(({ digest }) => digest), contents.map(({ body }) => body)],
  });
}

/** Bodies by digest in hex, as JSON text; what is not kept is left out. */
export async function readShown(db: Tx, digests: readonly Uint8Array<ArrayBuffer>[]): Promise<Map<string, string>> {
  if (digests.length === 0) return new Map();
  const rows = await db.shownContent.findMany({ where: { digest: { in: [...digests] } }, select: { digest: true, body: true } });
  return new Map(rows.map(({ digest, body }) => [toHex(digest), body]));
}
