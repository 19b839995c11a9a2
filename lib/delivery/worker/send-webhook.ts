import { lookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import { request as plain, type RequestOptions } from "node:http";
import { request as secured } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "@/lib/delivery/worker/public-address";

export type SendOptions = {
  /** For development: this machine may be told, and without TLS. */
  readonly toLocalhost: boolean;
  /** Milliseconds for the whole of it. */
  readonly patience?: number;
};

/** How much of a reply is read before the line is cut, in bytes: nothing of it is needed. */
const mostBytes = 4_096;
const local = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** An address that is refused, as an error code like those of Node. */
class Forbidden extends Error {
  readonly code = "private-address";
}

/**
 * Sends one message and says how it went: the status as `200`, or what went wrong as `timeout`, `ECONNREFUSED`,
 * `private-address`. Never to an address that is not on the public internet: the name is resolved here, each address it
 * has is judged, and the connection goes to what was judged. Redirects are not followed.
 */
export async function sendWebhook(url: string, headers: Readonly<Record<string, string>>, body: string, { toLocalhost, patience = 10_000 }: SendOptions): Promise<string> {
  const target = new URL(url);
  const home = toLocalhost && local.has(target.hostname);
  if (target.protocol !== "https:" && !(home && target.protocol === "http:")) return "not-https";
  const literal = target.hostname.replace(/^\[|\]$/g, "");
  // Node resolves no literal address, so nobody would judge it.
  if (isIP(literal) !== 0 && !home && !isPublicAddress(literal)) return "private-address";
  const bytes = Buffer.from(body, "utf8");
  const options: RequestOptions = {
    method: "POST",
    agent: false,
    lookup: home ? undefined : publicLookup(lookup),
    signal: AbortSignal.timeout(patience),
    headers: { ...headers, "content-type": "application/json", "content-length": bytes.length, "user-agent": "Handshake-Webhooks/1" },
  };
  return new Promise((done) => {
    const sending = (target.protocol === "https:" ? secured : plain)(target, options, (reply) => {
      let read = 0;
      const end = () => {
        reply.destroy();
        done(String(reply.statusCode));
      };
      reply.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read >= mostBytes) end();
      });
      reply.once("end", end);
      reply.once("error", (error) => done(codeOf(error)));
    });
    sending.once("error", (error) => done(codeOf(error)));
    sending.end(bytes);
  });
}

type Resolve = (name: string, options: LookupAllOptions, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

/**
 * Resolves a name once and hands on only what was judged, so that a second answer of the name server cannot slip in. A
 * name with a public and a private address is a private one.
 */
export const publicLookup = (resolve: Resolve): LookupFunction => (name, options, done) => {
  resolve(name, { ...options, all: true }, (error, addresses) => {
    const first = addresses?.[0];
    if (error) return done(error, "", 0);
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) return done(new Forbidden("not a public address"), "", 0);
    return options.all ? done(null, addresses) : done(null, first.address, first.family);
  });
};

function codeOf(error: Error): string {
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  return "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
