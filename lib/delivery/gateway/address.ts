import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { Refusal } from "@/lib/domain/refusal";

/** The caller's own name for the request, where it is one that a log can hold; else one of ours. */
export function requestIdOf(c: Context): string {
  const sent = c.req.header("x-request-id");
  return sent !== undefined && /^[\x21-\x7e]{1,100}$/.test(sent) ? sent : randomUUID();
}

const longest = 4_096;

/** Refuses addresses that nobody needs: too long, or with percent signs that stand for nothing. */
export function refuseOddAddress(url: string): void {
  if (url.length > longest) throw new Refusal("address-too-long", `The address is longer than ${longest.toLocaleString("en")} characters.`);
  if (!url.includes("%")) return;
  try {
    decodeURIComponent(url);
  } catch {
    throw new Refusal("malformed", "The address holds a percent sign that does not stand for a character of UTF-8.");
  }
}
