import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Call } from "@/lib/contract/call";
import { idempotencyOf } from "@/lib/contract/call-refusals";
import { parseInput } from "@/lib/contract/form";
import { idempotencyKey } from "@/lib/contract/idempotency";
import { saysGpc } from "@/lib/contract/signal";
import { anyone, type Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { jsonValue } from "@/lib/delivery/gateway/body";
import { actorOf, apiKeyOf } from "@/lib/delivery/gateway/caller";
import { replyOnce } from "@/lib/usecases/reply-once";

/** What a call's handler is told; what the call does not take is undefined. */
export type Told<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly actor: Actor;
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
  /** Names this request for the ledger, and for this caller alone; null where no `Idempotency-Key` was sent. */
  readonly idempotencyKey: string | null;
  /** The person's browser says not to sell, share or target; a server passes the header on. */
  readonly signal: boolean;
};

type Reply = { readonly status: number; readonly type: string | null; readonly body: string };

/**
 * Serves a call as it is described: finds who calls, parses at the door, replies with the described status; of writes it
 * keeps the reply for whoever sends the same again. The use case behind it authorises.
 */
export function serveCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: Hono,
  call: Call<P, Q, B, R>,
  handle: (told: Told<P, Q, B>) => Promise<z.input<R> | void>,
): void {
  const keeps = idempotencyOf(call) === "kept";
  app.on(call.method.toUpperCase(), honoPath(call), async (c) => {
    if (call.browser) c.header("vary", "Origin");
    // Strangers are not told what is wrong with what they sent.
    const actor = call.scope === null ? anyone : await actorOf(c, call.browser ? "browsers-too" : "servers");
    const key = idempotencyKeyOf(c, actor);
    const sent = await sentWith(c, call);
    const told = { actor, idempotencyKey: key, signal: saysGpc(c.req.header("sec-gpc")), ...parsed(call, sent) } as Told<P, Q, B>;
    const act = async (): Promise<Reply> => replyOf(call, await handle(told));
    const { status, type, body } = await (keeps && key !== null ? replyOnce({ key, request: JSON.stringify([call.name, sent]), ref: refIn(told) }, act) : act());
    return type === null ? c.body(null, 204) : c.body(body, status as 200, { "content-type": type });
  });
}

/**
 * Serves a call that only reads and that a host makes on every page: whose key it is, is found in the very statement that
 * answers, so `handle` is told the key and judges it. For servers only.
 */
export function serveByKey<P extends z.ZodType, Q extends z.ZodType, R extends z.ZodType>(
  app: Hono,
  call: Call<P, Q, z.ZodType, R>,
  handle: (apiKey: string, told: { readonly params: z.infer<P>; readonly query: z.infer<Q> }) => Promise<z.input<R>>,
): void {
  app.get(honoPath(call), async (c) => {
    const apiKey = apiKeyOf(c);
    try {
      const told = parsed(call, { params: c.req.param(), query: call.query && queryOf(c), body: undefined });
      return c.json((await handle(apiKey, told as { params: z.infer<P>; query: z.infer<Q> })) as object);
    } catch (fault) {
      // Strangers are not told what is wrong with what they sent.
      await actorOf(c);
      throw fault;
    }
  });
}

/** `/v1/people/{ref}/memory` → `/v1/people/:ref/memory`. */
export const honoPath = (call: Pick<Call, "path">): string => call.path.replaceAll(/\{(\w+)\}/g, ":$1");

function replyOf({ reply }: Call, value: unknown): Reply {
  if (reply.status === 204) return { status: 204, type: null, body: "" };
  return reply.type === undefined ? { status: reply.status, type: "application/json", body: JSON.stringify(value) } : { status: reply.status, type: reply.type, body: String(value) };
}

/** Two callers may use the same key for two things, so each has its own. */
function idempotencyKeyOf(c: Context, actor: Actor): string | null {
  const sent = c.req.header("idempotency-key");
  if (sent === undefined || actor.kind !== "program") return null;
  const key = idempotencyKey.safeParse(sent);
  if (!key.success) throw new Refusal("invalid", "An Idempotency-Key is 1 to 200 visible characters.", { faults: [{ path: "Idempotency-Key", message: "1 to 200 visible ASCII characters." }] });
  return [actor.keyId, ...(actor.person === null ? [] : [actor.person]), key.data].join(" ");
}

/** Whom a request is about, where it says so. */
function refIn({ params, body }: { readonly params: unknown; readonly body: unknown }): string | null {
  for (const [where, name] of [[params, "ref"], [body, "person"]] as const) {
    const ref: unknown = typeof where === "object" && where !== null ? Reflect.get(where, name) : undefined;
    if (typeof ref === "string") return ref;
  }
  return null;
}

type Sent = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

async function sentWith(c: Context, call: Call): Promise<Sent> {
  return { params: c.req.param(), query: call.query && queryOf(c), body: call.body && (await jsonValue(c, call.mostBytes)) };
}

/** The query; a name that is there twice means two things at once, so it is refused. */
function queryOf(c: Context): Record<string, string> {
  const named = [...new URL(c.req.url).searchParams];
  const twice = named.filter(([name], place) => named.findIndex(([other]) => other === name) !== place);
  if (twice.length > 0) throw new Refusal("invalid", "The address names something twice.", { faults: twice.map(([path]) => ({ path, message: "Say this once." })) });
  return Object.fromEntries(named);
}

function parsed(call: Call, sent: Sent): Sent {
  return {
    params: call.params && parseInput(call.params, sent.params),
    query: call.query && parseInput(call.query, sent.query),
    body: call.body && parseInput(call.body, sent.body),
  };
}
