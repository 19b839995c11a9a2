/** What is wrong at one place of the request. */
export type Fault = { path: string; message: string };

/**
 * The gateway said no (RFC 9457). `code` is stable: decide by it, not by the words. `problem` is everything it said, e.g.
 * `question` beside `question-superseded` and `permission-required`.
 */
export class HandshakeRefusal extends Error {
  override readonly name = "HandshakeRefusal";

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly faults: readonly Fault[],
    /** Of the gateway's log, to ask its operator about. */
    readonly requestId: string | null,
    readonly problem: Readonly<Record<string, unknown>>,
  ) {
    super(detail);
  }
}

/** The gateway could not be reached, or broke off, however often it was tried. A write may have been done all the same: the same `idempotencyKey` tells. */
export class HandshakeUnreachable extends Error {
  override readonly name = "HandshakeUnreachable";

  constructor(
    message: string,
    readonly idempotencyKey: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Reads a refusal; what is no problem of the gateway's (a proxy's page, perhaps) becomes `unforeseen`. */
export async function refusalIn(response: Response): Promise<HandshakeRefusal> {
  const requestId = response.headers.get("x-request-id");
  const text = await response.text().catch(() => "");
  const problem = asObject(text);
  const said = (name: string): string | null => (typeof problem[name] === "string" ? problem[name] : null);
  const code = said("code") ?? "unforeseen";
  const detail = said("detail") ?? `The gateway answered ${response.status}.`;
  return new HandshakeRefusal(response.status, code, detail, faultsIn(problem["errors"]), requestId, problem);
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

function faultsIn(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Fault => typeof one === "object" && one !== null && "path" in one && "message" in one && typeof one.path === "string" && typeof one.message === "string");
}
