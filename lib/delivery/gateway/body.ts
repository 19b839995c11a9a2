import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refusal } from "@/lib/domain/refusal";

const mostBytes = 1_048_576;
const utf8 = new TextDecoder("utf-8", { fatal: true });

const tooLarge = (): never => {
  throw new Refusal("too-large", "The body is larger than 1 MiB. Send less at once.");
};
const limitStream = bodyLimit({ maxSize: mostBytes, onError: tooLarge });

/**
 * Cuts bodies off at 1 MiB with `too-large`. One that announces its length is judged by that (Node reads no more of it);
 * only a streamed one has to be counted, which costs more than a whole decision.
 */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const length = c.req.header("content-length");
  if (length === undefined || c.req.header("transfer-encoding") !== undefined) return limitStream(c, next);
  if (Number(length) > mostBytes) tooLarge();
  return next();
};

/** Reads a JSON body. Refuses `invalid` for what is not JSON in UTF-8. */
export async function jsonValue(c: Context): Promise<unknown> {
  const bytes = await c.req.arrayBuffer();
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal("invalid", "The body is not UTF-8. Send JSON in UTF-8.", { faults: [{ path: "", message: "Not UTF-8." }] });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "The body is not JSON.", { faults: [{ path: "", message: "Not JSON." }] });
  }
}
