import type { Context } from "hono";
import { methodsAt, pathMatches } from "@/lib/delivery/gateway/known-calls";
import { calls } from "@/lib/contract/calls";
import { Refusal } from "@/lib/domain/refusal";
import { mayCallFrom } from "@/lib/usecases/identify-program";

/** Lets the page of exactly this origin read the reply. */
export function allowOrigin(c: Context, origin: string): void {
  c.header("access-control-allow-origin", origin);
  c.header("access-control-expose-headers", "retry-after, x-request-id");
  c.header("vary", "Origin");
}

/**
 * OPTIONS: what may be done here. A browser asks so before a page's call (Fetch standard, CORS-preflight), and does not
 * yet say with which key; so pages that some browser key names are let through, and the call itself is judged by its key.
 */
export async function options(c: Context): Promise<Response> {
  const methods = methodsAt(c.req.path);
  if (methods.length === 0) throw new Refusal("not-found", "There is no such call.");
  const [origin, wanted] = [c.req.header("origin"), c.req.header("access-control-request-method")];
  c.header("vary", "Origin");
  if (origin === undefined || wanted === undefined) {
    c.header("allow", methods.join(", "));
    return c.body(null, 204);
  }
  const forBrowsers = calls.some((call) => call.browser && call.method.toUpperCase() === wanted && pathMatches(call, c.req.path));
  if (!forBrowsers) throw new Refusal("origin-not-allowed", "This call is for servers. A page in a browser only asks and answers.");
  if (!(await mayCallFrom(origin))) throw new Refusal("origin-not-allowed", "No browser key names this website. An admin can add it.");
  allowOrigin(c, origin);
  c.header("access-control-allow-methods", wanted);
  c.header("access-control-allow-headers", "authorization, content-type, handshake-person, idempotency-key, x-request-id");
  c.header("access-control-max-age", "600");
  return c.body(null, 204);
}
