import { HandshakeUnreachable, refusalIn } from "./errors.js";

export type ClientOptions = {
  /** Address of the gateway, e.g. `https://privacy-api.example.com`. */
  readonly gateway: string;
  readonly apiKey: string;
  /** How long one try may take, in milliseconds; 10 seconds unless said. */
  readonly timeout?: number;
  /** How often a call is tried in all; 4 unless said. */
  readonly attempts?: number;
  /** Waits between tries, in milliseconds, from the first on; each is shortened at random by up to half. */
  readonly waits?: readonly number[];
};

export type Outgoing = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Beside those that every call has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with every try, so that what was done is not done again. Null for calls that write nothing. */
  readonly idempotencyKey: string | null;
};

const usual = { timeout: 10_000, attempts: 4, waits: [200, 1_000, 5_000] } as const;
/** Worth another try: too many calls, or somebody on the way who is not there just now. */
const passing = new Set([429, 502, 503, 504]);

/**
 * Sends a call, and again where nobody answered or the gateway asks for patience. A write carries the same key each time.
 * @throws HandshakeRefusal where the gateway says no; HandshakeUnreachable where it cannot be reached
 */
export async function send(options: ClientOptions, outgoing: Outgoing): Promise<Response> {
  const attempts = Math.max(1, options.attempts ?? usual.attempts);
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= attempts;
    const outcome = await once(options, outgoing);
    if (outcome instanceof Response) {
      if (outcome.ok) return outcome;
      if (last || !passing.has(outcome.status)) throw await refusalIn(outcome);
      await outcome.body?.cancel().catch(() => undefined);
      await pause(Math.max(waitOf(options, attempt), asked(outcome)));
    } else {
      if (last) throw new HandshakeUnreachable(`The gateway at ${options.gateway} could not be reached.`, outgoing.idempotencyKey, { cause: outcome.reason });
      await pause(waitOf(options, attempt));
    }
  }
}

async function once(options: ClientOptions, { method, path, query, body, headers: more, idempotencyKey }: Outgoing): Promise<Response | { readonly reason: unknown }> {
  const headers: Record<string, string> = { ...more, authorization: `Bearer ${options.apiKey}`, accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (idempotencyKey !== null) headers["idempotency-key"] = idempotencyKey;
  const init: RequestInit = { method, headers, redirect: "error", signal: AbortSignal.timeout(options.timeout ?? usual.timeout) };
  try {
    return await fetch(addressOf(options, path, query), body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (reason) {
    return { reason };
  }
}

export function addressOf({ gateway }: ClientOptions, path: string, query: Outgoing["query"] = {}): string {
  const url = new URL(path, gateway);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

function waitOf(options: ClientOptions, attempt: number): number {
  const waits = options.waits ?? usual.waits;
  const wait = waits[Math.min(attempt, waits.length) - 1] ?? 0;
  return wait * (0.5 + Math.random() / 2);
}

/** What `Retry-After` asks for, in milliseconds; at most a minute, since somebody waits for this. */
function asked(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1_000 : 0;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
