import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { claimRequest, holdRequest, keepReply, keptRequest, releaseRequest, signOfLife, type KeptReply, type KeptRequest } from "@/lib/data/kept-replies";
import { Refusal } from "@/lib/domain/refusal";

export type OnceAsked = {
  /** The caller's own name for the request. */
  readonly key: string;
  /** Everything that was asked, as one text. */
  readonly request: string;
  /** The ref of whom it is about, if it is known. */
  readonly ref: string | null;
};

/** How long somebody waits for whoever is at it, in milliseconds. */
const patience = 45_000;

/**
 * Does an act once for all who ask with the same key, also at the same moment and in several processes: one does it, the
 * others wait, and all get its reply, byte for byte. What was refused or failed did nothing and is not kept: the same key
 * may try again. Where a process ends in the middle, the next who asks the same takes over after 15 seconds and does it
 * again: so the key is never locked out, no effect is lost, and acts behind this may be done twice.
 * Throws `idempotency-conflict` for another request under this key, `unavailable` where waiting led to nothing, and what
 * `act` throws.
 */
export async function replyOnce({ key, request, ref }: OnceAsked, act: () => Promise<KeptReply>): Promise<KeptReply> {
  const mine = keptRequest(key, request, randomUUID());
  const until = Date.now() + patience;
  for (let wait = 10; ; wait = Math.min(wait * 2, 250)) {
    const claim = await claimRequest(mine);
    if (claim.state === "done") return claim.reply;
    if (claim.state === "other") throw new Refusal("idempotency-conflict", "This Idempotency-Key was used for another request. Take a new key for each.");
    if (claim.state === "mine") return holding(mine, ref, act);
    if (Date.now() > until) throw new Refusal("unavailable", "The same request is still being worked on. Try again with the same key.");
    await pause(wait);
  }
}

async function holding(mine: KeptRequest, ref: string | null, act: () => Promise<KeptReply>): Promise<KeptReply> {
  const alive = setInterval(() => void holdRequest(mine).catch(() => undefined), signOfLife);
  try {
    const reply = await act();
    await keepReply(mine, reply, reply.body === "" ? null : ref);
    return reply;
  } catch (error) {
    await releaseRequest(mine).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(alive);
  }
}
