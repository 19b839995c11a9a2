import { randomUUID } from "node:crypto";
import { HandshakeUnreachable, refusalIn } from "./errors.js";
import { addressOf, send, type ClientOptions, type Outgoing } from "./send.js";
import type {
  AnswerRequest,
  AskRequest,
  Decision,
  DecisionRequest,
  Due,
  ImportRequest,
  ListOptions,
  MemoryItem,
  Questions,
  Receipts,
  Remembered,
  RememberRequest,
} from "./types.js";

/** A key of your own for a write, so that you can send it again after a crash; else one is made for each call. */
export type Write = { readonly idempotencyKey?: string };

/** What the person's browser said with the request that you are serving. */
export type Heard = {
  /** Its `Sec-GPC` header, as it came or nothing: a `1` is honoured as an objection to what sells, shares or targets. */
  readonly secGpc?: string | readonly string[] | null | undefined;
};

/** What can be streamed: a file, a response, or pieces of text or bytes one after the other. */
export type Stream = AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array>;

type More = Partial<Pick<Outgoing, "body" | "query" | "headers">>;

/**
 * A host application's way to the gateway. Every call is tried again where that can help, and a write never does anything
 * twice. Throws HandshakeRefusal for a no, whose `code` is stable, and HandshakeUnreachable.
 */
export class Handshake {
  constructor(private readonly options: ClientOptions) {}

  /** What this person must be asked now, to be shown on one screen. */
  ask(request: AskRequest, heard: Heard = {}): Promise<Questions> {
    return this.read("POST", "/v1/questions", { body: request, headers: passedOn(heard) });
  }

  /** Whether there is anything to ask; quick enough for every page. */
  due(person: string, options: { audience?: string } = {}): Promise<Due> {
    return this.read("GET", `${ofPerson(person)}/due`, { query: options });
  }

  /** Records what a person answered: all of it or nothing. */
  answer(request: AnswerRequest, options: Write & Heard = {}): Promise<Receipts> {
    return this.write("POST", "/v1/answers", { body: request, headers: passedOn(options) }, options);
  }

  /** Takes a permission back at once. */
  withdraw(person: string, use: string, options: Write & Heard = {}): Promise<Receipts> {
    return this.answer({ person, answers: [{ use, answer: "withdrawn" }] }, options);
  }

  /** Brings earlier consents along, with where they come from; at most 1,000 at once. */
  importConsents(request: ImportRequest, write: Write = {}): Promise<{ imported: number; skipped: number; rows: ({ fate: "imported"; index: number } | { fate: "skipped"; why: string })[] }> {
    return this.write("POST", "/v1/imports", { body: request }, write);
  }

  /** May this be done with this person's data now? Ask before every use; it is never stale. */
  decide(request: DecisionRequest): Promise<Decision> {
    return this.read("POST", "/v1/decisions", { body: request });
  }

  /** Many decisions at once, at most 1,000, in the order asked. */
  async decideMany(requests: readonly DecisionRequest[]): Promise<Decision[]> {
    const { decisions } = await this.read<{ decisions: Decision[] }>("POST", "/v1/decisions", { body: { decisions: requests } });
    return decisions;
  }

  /** Tells of uses that were made without asking, to be counted. */
  async reportUses(request: { use: string; count?: number; call?: string }, write: Write = {}): Promise<void> {
    await this.done("POST", "/v1/uses", { body: request }, write);
  }

  /** Where a person stands with every use and policy. */
  permissions(person: string): Promise<{ uses: Record<string, unknown>[]; policies: Record<string, unknown>[] }> {
    return this.read("GET", `${ofPerson(person)}/permissions`);
  }

  /** Everything remembered for a person that may be used now, page by page. */
  async *memory(person: string, options: { use?: string; version?: number } = {}): AsyncGenerator<MemoryItem> {
    for (let after: string | undefined; ; ) {
      const page: { items: MemoryItem[]; next: string | null } = await this.read("GET", `${ofPerson(person)}/memory`, { query: { ...options, after } });
      yield* page.items;
      if (page.next === null) return;
      after = page.next;
    }
  }

  recall(person: string, key: string, options: { version?: number } = {}): Promise<MemoryItem> {
    return this.read("GET", `${ofPerson(person)}/memory/${encodeURIComponent(key)}`, { query: options });
  }

  /** Refused with `permission-required`, and the question to ask in `problem.question`, where no permission covers it. */
  remember(person: string, key: string, request: RememberRequest, write: Write = {}): Promise<Remembered> {
    return this.write("PUT", `${ofPerson(person)}/memory/${encodeURIComponent(key)}`, { body: request }, write);
  }

  async forgetItem(person: string, key: string, write: Write = {}): Promise<void> {
    await this.done("DELETE", `${ofPerson(person)}/memory/${encodeURIComponent(key)}`, {}, write);
  }

  /** Forgets a person. With `leaveAlone` their ref and address are not taken in again. */
  async forget(person: string, options: { leaveAlone?: boolean } = {}, write: Write = {}): Promise<void> {
    await this.done("DELETE", ofPerson(person), { query: options }, write);
  }

  /** A one-time link to the person's own page, for somebody whom you have signed in. */
  mintLink(person: string, write: Write = {}): Promise<{ link: string; expiresAt: string }> {
    return this.write("POST", "/v1/links", { body: { person } }, write);
  }

  /** A short-lived token by which a page may ask and answer for this person with a browser key. */
  mintPersonToken(person: string, options: { minutes?: number } = {}, write: Write = {}): Promise<{ token: string; expiresAt: string }> {
    return this.write("POST", "/v1/person-tokens", { body: { person, ...options } }, write);
  }

  /** Says that what an event told has been done everywhere you passed it on to. */
  async confirm(event: string, write: Write = {}): Promise<void> {
    await this.done("POST", "/v1/webhooks/confirmations", { body: { event } }, write);
  }

  /** The newest signed checkpoint of the ledger (C2SP). */
  async checkpoint(): Promise<string> {
    return (await send(this.options, { method: "GET", path: "/v1/ledger/checkpoint", idempotencyKey: null })).text();
  }

  /**
   * Streams a list through and gives back only the rows that stay, as they are. Nothing is tried again by itself: a list that
   * breaks off throws, and what came before is not the whole of it.
   */
  async *cleanse(list: Stream, { type, use, ...query }: ListOptions): AsyncGenerator<Uint8Array> {
    const { apiKey, gateway } = this.options;
    // `duplex` says that the reply is read while the request is written; the types of fetch do not know it yet.
    const init: RequestInit & { readonly duplex: "half" } = {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": type === "csv" ? "text/csv" : "application/x-ndjson" },
      body: list instanceof ReadableStream ? list : streamOf(list),
      duplex: "half",
      redirect: "error",
    };
    const unreachable = (cause: unknown) => new HandshakeUnreachable(`The list broke off at ${gateway}. What came back is not the whole of it.`, null, { cause });
    const response = await fetch(addressOf(this.options, `/v1/lists/${encodeURIComponent(use)}/cleanse`, query), init).catch((cause: unknown) => Promise.reject(unreachable(cause)));
    if (!response.ok) throw await refusalIn(response);
    if (response.body === null) return;
    const reader = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read().catch((cause: unknown) => Promise.reject(unreachable(cause)));
        if (done) return;
        yield value;
      }
    } finally {
      // Whoever stops in the middle lets the connection go.
      await reader.cancel().catch(() => undefined);
    }
  }

  private async read<T>(method: Outgoing["method"], path: string, more: More = {}): Promise<T> {
    const response = await send(this.options, { method, path, ...more, idempotencyKey: null });
    return (await response.json()) as T;
  }

  private async write<T>(method: Outgoing["method"], path: string, more: More, write: Write): Promise<T> {
    return (await (await this.done(method, path, more, write)).json()) as T;
  }

  private done(method: Outgoing["method"], path: string, more: More, { idempotencyKey = randomUUID() }: Write): Promise<Response> {
    return send(this.options, { method, path, ...more, idempotencyKey });
  }
}

/** The headers that say on our behalf what the browser said; what it means is for the gateway to judge. */
function passedOn({ secGpc }: Heard): Record<string, string> {
  return secGpc === null || secGpc === undefined ? {} : { "sec-gpc": String(secGpc) };
}

const ofPerson = (ref: string): string => `/v1/people/${encodeURIComponent(ref)}`;

/** Taken only as fast as it is sent. */
function streamOf(pieces: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
