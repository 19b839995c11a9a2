import { setTimeout as wait } from "node:timers/promises";
import { closeDatabase, database } from "@/lib/data/client";
import { settings } from "@/lib/data/settings/settings";
import { report } from "@/lib/delivery/report";
import { createMailer } from "@/lib/delivery/worker/mailer";
import { sendDueMail } from "@/lib/delivery/worker/send-due-mail";
import { tidyUp } from "@/lib/usecases/tidy-up";

/** How often the outbox is looked into, and how often the house is tidied, in milliseconds. */
const beat = 1_000;
const tidyEvery = 60 * 60 * 1_000;

const ending = new AbortController();
process.once("SIGINT", () => ending.abort());
process.once("SIGTERM", () => ending.abort());

const { mail } = settings();
const mailer = mail.smtpUrl === null ? null : createMailer(mail.smtpUrl, mail.from);
if (!mailer) console.warn("SMTP_URL is not set: mail waits in the outbox until it is.");

await database().$queryRaw`SELECT 1`;
process.send?.({ ready: "worker" });

let tidiedAt = 0;
while (!ending.signal.aborted) {
  try {
    if (mailer) await sendDueMail(mailer.send, () => ending.signal.aborted);
    if (Date.now() - tidiedAt > tidyEvery) {
      await tidyUp();
      tidiedAt = Date.now();
    }
  } catch (error) {
    // The database may be away for a moment; the next beat tries again.
    report(error);
  }
  await wait(beat, undefined, { signal: ending.signal }).catch(() => undefined);
}
mailer?.close();
await closeDatabase();
// The supervisor's channel would keep the process alive.
process.disconnect?.();
