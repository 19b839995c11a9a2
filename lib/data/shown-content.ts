import type { ShownContent } from "@/lib/contract/question";
import { pool, type Tx } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";

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

/** What is offered to one person by a host, in order; at most `most` of it is wanted. */
type Offer = { readonly person: string; readonly channel: string; readonly offered: readonly Offered[]; readonly budget: Budget; readonly most: number };
type Taken = { readonly taken: readonly number[]; readonly asked: number };

/**
 * Takes, of what is offered in order, what the person's budget still holds (at most `most`), and notes it as served. What
 * was served to them within the last thirty minutes belongs to the same visit and costs nothing. Calls at the same moment
 * about the same person wait for each other.
 * @returns places in `offered`, and how many questions that makes this month; null where nobody is known by this id (any more)
 */
export const takeQuestions = (offer: Offer): Promise<Taken | null> => gather.ask(offer);

const gather = new Gather<Offer, Taken | null>(takeAll, { atOnce: 2, most: 50 });

/** Each person's first offer together, then what the same person is offered at the same moment by another call. */
async function takeAll(offers: readonly Offer[]): Promise<(Taken | null)[]> {
  const taken: (Taken | null)[] = [];
  let rest = offers.map((offer, place) => ({ offer, place }));
  while (rest.length > 0) {
    const people = new Set<string>();
    const [now, later]: [typeof rest, typeof rest] = [[], []];
    for (const one of rest) {
      (people.has(one.offer.person) ? later : now).push(one);
      people.add(one.offer.person);
    }
    const found = await takeOnce(now.map(({ offer }) => offer));
    now.forEach(({ place }, i) => (taken[place] = found[i]!));
    rest = later;
  }
  return taken;
}

async function takeOnce(offers: readonly Offer[]): Promise<(Taken | null)[]> {
  const all = offers.flatMap(({ offered }, i) => offered.map((one) => ({ ...one, asker: i + 1 })));
  const { rows } = await pool().query<{ asker: number; taken: number[]; unkept: number[]; asked: number }>({
    name: "serve-questions",
    text: "SELECT asker, taken, unkept, asked FROM serve_questions($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    values: [
      offers.map(({ person }) => person),
      offers.map(({ channel }) => channel),
      offers.map(({ budget }) => budget.perVisit),
      offers.map(({ budget }) => budget.perMonth),
      offers.map(({ most }) => most),
      all.map(({ asker }) => asker),
      all.map(({ about }) => about),
      all.map(({ version }) => version),
      all.map(({ kept }) => kept.digest),
    ],
  });
  const unkept = new Map(rows.flatMap((row) => row.unkept.map((place) => [toHex(all[place - 1]!.kept.digest), all[place - 1]!.kept])));
  if (unkept.size > 0) await keepContents([...unkept.values()]);
  let before = 0;
  return offers.map(({ offered }, i) => {
    const from = before;
    before += offered.length;
    const row = rows.find(({ asker }) => asker === i + 1);
    return row ? { taken: row.taken.map((place) => place - 1 - from), asked: row.asked } : null;
  });
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
