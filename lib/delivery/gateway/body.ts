import type { Context } from "hono";
import { settings } from "@/lib/data/settings/settings";
import { parseJson } from "@/lib/delivery/gateway/json";
import { Refusal } from "@/lib/domain/refusal";

const mebibyte = 1_048_576;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a JSON body of at most so many bytes. Refuses what is no JSON in UTF-8, too large, too slow or of another type. */
export async function jsonValue(c: Context, mostBytes: number = mebibyte): Promise<unknown> {
  requireJson(c.req.header("content-type"));
  const bytes = await inTime(c, bytesOf(c, mostBytes));
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal("invalid", "The body is not UTF-8. Send JSON in UTF-8.", { faults: [{ path: "", message: "Not UTF-8." }] });
  }
  return parseJson(text);
}

/** What says nothing of its type, or calls itself plain text, is read as JSON; what says that it is something else is not. */
function requireJson(type: string | undefined): void {
  if (type === undefined || type === "application/json") return;
  const [, charset] = /;\s*charset="?([^\s";]+)/i.exec(type) ?? [];
  if (/^\s*(application\/([\w.+-]+\+)?json|text\/plain)\s*(;|$)/i.test(type) && (charset === undefined || /^utf-?8$/i.test(charset))) return;
  throw new Refusal("unsupported-type", "This call takes JSON in UTF-8. Send it as `Content-Type: application/json`.");
}

/**
 * A body that announces its length is judged by that (Node reads no more of it); only a streamed one has to be counted,
 * which costs more than a whole decision.
 */
async function bytesOf(c: Context, mostBytes: number): Promise<ArrayBuffer | Uint8Array> {
  const length = c.req.header("content-length");
  if (length !== undefined && c.req.header("transfer-encoding") === undefined) {
    if (Number(length) > mostBytes) throw tooLarge(mostBytes);
    return c.req.arrayBuffer().catch(cutShort);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = c.req.raw.body?.getReader();
  for (let part = await reader?.read().catch(cutShort); part !== undefined && !part.done; part = await reader?.read().catch(cutShort)) {
    size += part.value.byteLength;
    if (size > mostBytes) {
      void reader?.cancel().catch(() => undefined);
      throw tooLarge(mostBytes);
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

function tooLarge(mostBytes: number): Refusal {
  return new Refusal("too-large", `The body is larger than ${mostBytes / mebibyte} MiB. Send less at once.`);
}

function cutShort(): never {
  throw new Refusal("malformed", "The body ended before it was complete.");
}

/** Whoever sends a byte now and then must not hold a place for ever. */
async function inTime<T>(c: Context, reading: Promise<T>): Promise<T> {
  const seconds = settings().door.slowestBodySeconds;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      c.header("connection", "close");
      reject(new Refusal("too-slow", `The body did not arrive within ${seconds} seconds.`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([reading, tooSlow]);
  } finally {
    clearTimeout(timer);
    reading.catch(() => undefined);
  }
}
