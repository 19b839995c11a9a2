import { closeDatabase } from "@/lib/data/client";
import { openDatabase } from "@/lib/data/migrate/open-database";
import { PlainError } from "@/lib/data/settings/plain-error";
import { loadSecrets } from "@/lib/data/settings/secrets";
import { parsePlace } from "@/lib/data/settings/settings";
import { house } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { forgetAgain } from "@/lib/usecases/forget-person";
import { acceptRestoredLedger } from "@/lib/usecases/witness-ledger";
import type { Household } from "./household";

/** `npm run restored`: after a backup was put back on purpose, forgets again who was forgotten since, and lets the ledger go on from there. */
export async function runRestored(household: Household): Promise<"done"> {
  const place = parsePlace(process.env);
  const secrets = await loadSecrets(place, place.given.databaseUrl === null);
  const opened = await openDatabase(place);
  household.onStop(() => opened.close());
  Object.assign(process.env, secrets, { DATABASE_URL: opened.appUrl, HANDSHAKE_DIR: place.directory, HANDSHAKE_URL: place.webUrl });
  household.onStop(closeDatabase);
  const again = await forgetAgain(house);
  console.log(again === 0 ? "Nobody had to be forgotten again." : `Forgotten again: ${again}.`);
  try {
    const { gone, aside } = await acceptRestoredLedger(house, new Date());
    console.log(`An entry says that the ledger goes on from the backup${gone > 0 ? `; ${gone} later entries are gone` : ""}. What was seen before lies in ${aside} of the witness folder.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new PlainError(error.message, error);
  }
  return "done";
}
