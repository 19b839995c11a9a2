import type { Context } from "hono";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { identifyProgram } from "@/lib/usecases/identify-program";

/** The key a call was sent with; whose it is, nobody knows yet. */
export function apiKeyOf(c: Context): string {
  const header = c.req.header("authorization") ?? "";
  if (!header) throw new Refusal("signed-out", "Send an API key as `Authorization: Bearer …`.");
  return /^Bearer ([\x21-\x7e]{8,200})$/.exec(header)?.[1] ?? "";
}

/** Who calls; strangers are turned away before anything they sent is looked at. */
export async function actorOf(c: Context): Promise<Actor> {
  const program = await identifyProgram(apiKeyOf(c));
  if (!program) throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  return program;
}
