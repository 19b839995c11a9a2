/**
 * Where a request comes from, for counting guesses: the last address in `X-Forwarded-For`, which the nearest proxy (or
 * Next itself, from the socket) wrote. What stands before it may be anybody's invention.
 */
export function addressOf(headers: Pick<Headers, "get">): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last === undefined || last === "" ? "unknown" : last.slice(0, 100);
}
