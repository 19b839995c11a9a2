import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Call } from "@/lib/contract/call";
import { idempotencyKey as keyShape } from "@/lib/contract/idempotency";
import { parseInput } from "@/lib/contract/form";
import { anyone, type Actor } from "@/lib/domain/actor";
import { jsonValue } from "@/lib/delivery/gateway/body";
import { actorOf } from "@/lib/delivery/gateway/caller";

/** What a call's handler is told; what the call does not take is undefined. */
export type Told<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly actor: Actor;
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
  /** Names this request for the ledger, and for this caller alone; null where no `Idempotency-Key` was sent. */
  readonly idempotencyKey: string | null;
};

/**
 * Serves a call as it is described: finds who calls, parses at the door, replies with the described status. The use case
 * behind it authorises.
 */
export function serveCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: Hono,
  call: Call<P, Q, B, R>,
  handle: (told: Told<P, Q, B>) => Promise<z.input<R> | void>,
): void {
  app.on(call.method.toUpperCase(), honoPath(call), async (c) => {
    // Strangers are not told what is wrong with what they sent.
    const actor = call.scope === null ? anyone : await actorOf(c);
    const told = { actor, ...(await parsed(c, call)), idempotencyKey: idempotencyKeyOf(c, actor) };
    const value = await handle(told as Told<P, Q, B>);
    return call.reply.status === 204 ? c.body(null, 204) : c.json(value as object, call.reply.status);
  });
}

/** `/v1/people/{ref}/memory` → `/v1/people/:ref/memory`. */
export const honoPath = (call: Pick<Call, "path">): string => call.path.replaceAll(/\{(\w+)\}/g, ":$1");

/** Two callers may use the same key for two things, so each has its own. */
function idempotencyKeyOf(c: Context, actor: Actor): string | null {
  const sent = c.req.header("idempotency-key");
  if (sent === undefined || actor.kind !== "program") return null;
  return [actor.keyId, ...(actor.person === null ? [] : [actor.person]), parseInput(keyShape, sent)].join(" ");
}

async function parsed(c: Context, call: Call): Promise<{ params: unknown; query: unknown; body: unknown }> {
  return {
    params: call.params && parseInput(call.params, c.req.param()),
    query: call.query && parseInput(call.query, c.req.query()),
    body: call.body && parseInput(call.body, await jsonValue(c)),
  };
}
