import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ProgramActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { allowOrigin } from "@/lib/delivery/gateway/cors";
import { countBrowserCall } from "@/lib/usecases/count-call";
import { identifyProgram } from "@/lib/usecases/identify-program";

/** The key a call was sent with; whose it is, nobody knows yet. */
export function apiKeyOf(c: Context): string {
  const header = c.req.header("authorization") ?? "";
  if (!header) throw new Refusal("signed-out", "Send an API key as `Authorization: Bearer …`.");
  return keyIn(header);
}

/** The key that a header holds; empty where it holds none. */
const keyIn = (header: string): string => /^Bearer ([\x21-\x7e]{8,200})$/.exec(header)?.[1] ?? "";

/**
 * Who calls; strangers are turned away before anything they sent is looked at. A browser's key holds on the pages that it
 * names, only beside a token of the person it speaks for, and only for calls that say `browsers-too`.
 */
export async function actorOf(c: Context, from: "servers" | "browsers-too" = "servers"): Promise<ProgramActor> {
  const found = await identifyProgram(apiKeyOf(c), c.req.header("handshake-person") ?? null);
  if (!found) throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  if (found.origins !== null) {
    const origin = c.req.header("origin");
    if (origin === undefined || !found.origins.includes(origin)) throw new Refusal("origin-not-allowed", "This browser key is not for pages from here. An admin can name the websites that it is for.");
    allowOrigin(c, origin);
  }
  const actor = found.actor();
  if (actor.person !== null) {
    countBrowserCall(actor.person);
    if (from === "servers") throw new Refusal("forbidden", "A browser key only asks and answers. Make this call from your server, with a key of its own.");
  }
  return actor;
}

/**
 * What calls are counted by: the key they were sent with, or else the address they came from. A header that can be no key
 * is no name either: each caller is kept in mind, and headers are as long and as many as strangers like.
 */
export function callerOf(c: Context): string {
  return keyIn(c.req.header("authorization") ?? "") || `address ${(c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? ""}`;
}
