import { setTimeout as wait } from "node:timers/promises";
import { closeDatabase, database } from "@/lib/data/client";
import { settings } from "@/lib/data/settings/settings";
import { house } from "@/lib/domain/actor";
import { report } from "@/lib/delivery/report";
import { createMailer } from "@/lib/delivery/worker/mailer";
import { sendDueMail } from "@/lib/delivery/worker/send-due-mail";
import { sendWebhook } from "@/lib/delivery/worker/send-webhook";
import { deliverWebhooks } from "@/lib/usecases/deliver-webhooks";
import { endRemembered } from "@/lib/usecases/end-memory";
import { forgetAgain } from "@/lib/usecases/forget-person";
import { honourHeardSignals } from "@/lib/usecases/honour-heard-signals";
import { tidyUp } from "@/lib/usecases/tidy-up";
import { witnessLedger } from "@/lib/usecases/witness-ledger";

/** How often the outbox is looked into, and how often the house is tidied, in milliseconds. */
const beat = 1_000;
/** How often checkpoints leave the house when there is something new; a minute is what is promised. */
const witnessEvery = 20 * 1_000;
const tidyEvery = 60 * 60 * 1_000;
/** How often what was remembered is held against permissions that run out. Nobody can read it meanwhile. */
const endMemoryEvery = 60 * 1_000;

const notContinued =
  "The ledger does not continue what was seen outside the database: entries are missing or others. Verify it in the studio. After restoring a backup on purpose, run `npm run restored`.";

const ending = new AbortController();
process.once("SIGINT", () => ending.abort());
process.once("SIGTERM", () => ending.abort());

const { mail } = settings();
const mailer = mail.smtpUrl === null ? null : createMailer(mail.smtpUrl, mail.from);
if (!mailer) console.warn("SMTP_URL is not set: mail waits in the outbox until it is.");

await database().$queryRaw`SELECT 1`;
const again = await forgetAgain(house);
if (again > 0) console.warn(`A restored backup had brought back ${again} forgotten ${again === 1 ? "person" : "people"}; forgotten again.`);
process.send?.({ ready: "worker" });

/** Subscribers are told beside everything else: one that is slow keeps no mail waiting. */
async function tellSubscribers(): Promise<void> {
  while (!ending.signal.aborted) {
    // The database may be away for a moment; the next beat tries again.
    await deliverWebhooks(house, sendWebhook, () => ending.signal.aborted).catch(report);
    await wait(beat, undefined, { signal: ending.signal }).catch(() => undefined);
  }
}

const telling = tellSubscribers();
let [tidiedAt, witnessedAt, memoryEndedAt] = [0, 0, 0];
let witnessed = "";
let signalled = "";
while (!ending.signal.aborted) {
  // Until it is done, what was published a moment ago goes on for people whose browsers said no beforehand.
  signalled = await honourHeardSignals(house, signalled).catch((error: unknown) => {
    report(error);
    return signalled;
  });
  try {
    if (mailer) await sendDueMail(mailer.send, () => ending.signal.aborted);
    if (Date.now() - memoryEndedAt > endMemoryEvery) {
      await endRemembered(house);
      memoryEndedAt = Date.now();
    }
    if (Date.now() - tidiedAt > tidyEvery) {
      await tidyUp();
      tidiedAt = Date.now();
    }
  } catch (error) {
    // The database may be away for a moment; the next beat tries again.
    report(error);
  }
  if (Date.now() - witnessedAt > witnessEvery) {
    witnessedAt = Date.now();
    try {
      const state = await witnessLedger(house);
      if (state !== witnessed && (state === "behind" || state === "forked")) console.error(notContinued);
      witnessed = state;
    } catch (error) {
      // A witness that is away keeps nothing else waiting.
      report(error);
    }
  }
  await wait(beat, undefined, { signal: ending.signal }).catch(() => undefined);
}
mailer?.close();
await telling;
await closeDatabase();
// The supervisor's channel would keep the process alive.
process.disconnect?.();
