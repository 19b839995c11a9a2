import pg from "pg";
import type { Household } from "@/lib/delivery/cli/household";
import type { BenchGround } from "./ground";
import { answerFirst, publishShop, type Published } from "./seed-publications";
import { seedPeople } from "./seed-people";

const day = 86_400_000;
/** How many people answer the use that the others are compared with. */
export const few = 1_000;

export type Seeded = Published & {
  readonly people: number;
  /** Entries in the ledger. */
  readonly entries: number;
  /** How long it took, in seconds. */
  readonly took: number;
};

/** Fills the database: a shop that opened a hundred days ago, and people who answered in the ninety days since. */
export async function seed(household: Household, ground: BenchGround, people: number): Promise<Seeded> {
  const began = Date.now();
  const published = await publishShop(new Date(began - 100 * day));
  const from = new Date(began - 90 * day);
  await answerFirst(from);
  const owner = new pg.Client({ connectionString: ground.database.ownerUrl });
  await owner.connect();
  // Broken off in the middle of a statement too: the database goes anyway.
  const stop = () => void owner.end();
  household.signal.addEventListener("abort", stop, { once: true });
  try {
    await seedPeople(owner, { people, few, from, until: new Date(began), published });
    await owner.query("VACUUM (ANALYZE)");
    const { rows } = await owner.query<{ entries: number }>("SELECT count(*)::int AS entries FROM ledger_entry");
    // What was written goes to disk now, and not while something is measured.
    await ground.superuser.query("CHECKPOINT");
    return { ...published, people, entries: rows[0]?.entries ?? 0, took: (Date.now() - began) / 1000 };
  } finally {
    household.signal.removeEventListener("abort", stop);
    await owner.end();
  }
}
