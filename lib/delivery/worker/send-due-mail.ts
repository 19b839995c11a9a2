import { claimMail, mailFailed, mailSent, mostAttempts, type Mail } from "@/lib/data/outbox";

/**
 * Sends what is due, one after the other, until nothing is or `stopped` says so.
 * @returns how many went out
 */
export async function sendDueMail(send: (mail: Mail) => Promise<void>, stopped: () => boolean = () => false): Promise<number> {
  for (let sent = 0; ; ) {
    const claimed = stopped() ? null : await claimMail();
    if (!claimed) return sent;
    try {
      await send(claimed.mail);
    } catch (error) {
      const code = codeOf(error);
      await mailFailed(claimed.id, claimed.attempts, code);
      console.error(`mail ${claimed.id} not sent (${code}), try ${claimed.attempts} of ${mostAttempts}`);
      continue;
    }
    await mailSent(claimed.id);
    sent += 1;
  }
}

/** The SMTP reply's number or the error's code; its text can quote an address. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("responseCode" in error && typeof error.responseCode === "number") return String(error.responseCode);
  return "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
