import path from "node:path";
import { writeMigration } from "@/lib/data/migrate/diff-schema";
import { openDatabase } from "@/lib/data/migrate/open-database";
import { PlainError } from "@/lib/data/settings/plain-error";
import { parsePlace } from "@/lib/data/settings/settings";
import type { Household } from "./household";

/** `npm run db:migrate`: brings the database up to date and says so. */
export async function runMigrate(household: Household): Promise<"done"> {
  const database = await openDatabase(parsePlace(process.env));
  household.onStop(() => database.close());
  console.log(`The database is up to date (${database.description}).`);
  return "done";
}

/** `npm run db:diff NAME`: writes the migration from what the migrations make to what prisma/schema says. */
export async function runDiff(name: string | undefined): Promise<"done"> {
  if (name === undefined) throw new PlainError("Name the migration in a few words, such as npm run db:diff add_locale.");
  const file = await writeMigration(name, new Date());
  console.log(
    file === null
      ? "The migrations make what prisma/schema says already; nothing was written."
      : `Wrote ${path.relative(process.cwd(), file)}. Read it, and add by hand what Prisma does not know: privileges, triggers, checks.`,
  );
  return "done";
}
