import { claimDeliveries, deliveryFailed, deliverySent, dropDelivery, refForEvent, type Claimed } from "@/lib/data/webhook-deliveries";
import { signedHeaders } from "@/lib/data/webhook-signature";
import { settings } from "@/lib/data/settings/settings";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";

/** How many deliveries one worker has on their way at the same time. */
const atOnce = 32;

/** Sends one message; says the status it was answered with, or what went wrong. */
export type Send = (url: string, headers: Readonly<Record<string, string>>, body: string, options: { readonly toLocalhost: boolean }) => Promise<string>;

/**
 * Tells subscribers what is due, until nothing is or `stopped` says so. Several workers may do this at once.
 * @returns how many messages were taken
 */
export async function deliverWebhooks(actor: Actor, send: Send, stopped: () => boolean = () => false): Promise<number> {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
  const running = new Set<Promise<void>>();
  let taken = 0;
  let trouble: unknown = null;
  for (;;) {
    const claimed = stopped() || trouble !== null || running.size >= atOnce ? [] : await claimDeliveries(atOnce - running.size);
    for (const one of claimed) {
      const task: Promise<void> = deliver(one, send)
        .then((sent) => void (taken += sent ? 1 : 0))
        .catch((error: unknown) => void (trouble ??= error))
        .finally(() => running.delete(task));
      running.add(task);
    }
    if (running.size === 0) {
      if (trouble !== null) throw trouble;
      return taken;
    }
    // Each one that is done may let another one go, and something new may fall due while one is slow.
    await Promise.race([...running, beat()]);
  }
}

const beat = () => new Promise<void>((done) => setTimeout(done, 500).unref());

async function deliver(claimed: Claimed, send: Send): Promise<boolean> {
  const person = claimed.personId === null ? null : await refForEvent(claimed.personId, claimed.kind);
  if (person === "gone") {
    await dropDelivery(claimed);
    return false;
  }
  const data = person === null ? claimed.body : { person: person.ref, ...claimed.body };
  const body = JSON.stringify({ type: claimed.kind, timestamp: claimed.at.toISOString(), data });
  const headers = signedHeaders({ id: claimed.id, at: Math.floor(Date.now() / 1_000), body }, claimed.secrets);
  const code = await send(claimed.url, headers, body, { toLocalhost: settings().webhooksToLocalhost });
  const ok = /^2\d\d$/.test(code);
  await (ok ? deliverySent(claimed, code) : deliveryFailed(claimed, code));
  return ok;
}
