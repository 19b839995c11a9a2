import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refusal } from "@/lib/domain/refusal";

const mostBytes = 1_048_576;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Cuts bodies off at 1 MiB, announced or streamed, with `too-large`. */
export const limitBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new Refusal("too-large", "The body is larger than 1 MiB. Send less at once.");
  },
});

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
