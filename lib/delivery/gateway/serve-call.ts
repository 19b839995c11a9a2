import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Call } from "@/lib/contract/call";
import { parseInput } from "@/lib/contract/form";
import { anyone, type Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { jsonValue } from "@/lib/delivery/gateway/body";
import { actorOf } from "@/lib/delivery/gateway/caller";

/** What a call's handler is told; what the call does not take is undefined. */
export type Told<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly actor: Actor;
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
  /** The caller's own name for this request, for handlers whose replies the ledger gives again by it; null where none was sent. */
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
    const value = await handle({ actor, idempotencyKey: idempotencyKeyOf(c), ...(await parsed(c, call)) } as Told<P, Q, B>);
    return call.reply.status === 204 ? c.body(null, 204) : c.json(value as object, call.reply.status);
  });
}

/** `/v1/people/{ref}/memory` → `/v1/people/:ref/memory`. */
export const honoPath = (call: Pick<Call, "path">): string => call.path.replaceAll(/\{(\w+)\}/g, ":$1");

/** 1 to 200 visible characters; anything else in the header is `invalid`. */
function idempotencyKeyOf(c: Context): string | null {
  const key = c.req.header("idempotency-key");
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal("invalid", "An Idempotency-Key is 1 to 200 visible characters.", { faults: [{ path: "Idempotency-Key", message: "1 to 200 visible characters." }] });
  }
  return key ?? null;
}

async function parsed(c: Context, call: Call): Promise<{ params: unknown; query: unknown; body: unknown }> {
  return {
    params: call.params && parseInput(call.params, c.req.param()),
    query: call.query && parseInput(call.query, c.req.query()),
    body: call.body && parseInput(call.body, await jsonValue(c)),
  };
}
