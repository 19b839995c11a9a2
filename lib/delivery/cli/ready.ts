import { setTimeout as wait } from "node:timers/promises";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Child } from "./child";

/** How long a process may take until it answers, in milliseconds. */
const patience = 90_000;

/**
 * Waits until the child says it is ready (`process.send({ ready: … })`) or, given an address, answers there.
 * @throws PlainError when it ends or takes too long
 */
export async function untilReady(child: Child, address: string | null, signal: AbortSignal): Promise<void> {
  const said = new Promise<void>((resolve) => {
    child.onMessage((message) => {
      if (typeof message === "object" && message !== null && "ready" in message) resolve();
    });
  });
  const stopped = child.exited.then(() => {
    throw new PlainError(`The ${child.name} process stopped while it started:\n${child.lastWords}`);
  });
  const late = wait(patience, undefined, { ref: false, signal }).then(() => {
    throw new PlainError(`The ${child.name} process does not answer after ${patience / 1000} seconds:\n${child.lastWords}`);
  });
  await Promise.race([said, stopped, late, ...(address === null ? [] : [answers(address, signal)])]);
}

async function answers(address: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    // Any answer will do: this asks whether somebody is there, not how they are.
    const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) }).catch(() => null);
    if (answer !== null) {
      await answer.body?.cancel();
      return;
    }
    await wait(100, undefined, { signal });
  }
}
