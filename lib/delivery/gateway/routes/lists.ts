import { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Context, Hono } from "hono";
import { parseInput } from "@/lib/contract/form";
import { cleanseCall, contentTypeOf, countsTrailer, formatOf, listParams, listQuery, type ListCounts } from "@/lib/contract/list";
import { Refusal } from "@/lib/domain/refusal";
import { actorOf } from "@/lib/delivery/gateway/caller";
import { honoPath } from "@/lib/delivery/gateway/serve-call";
import { cleanseList } from "@/lib/usecases/cleanse-list";

/** Whoever sends nothing for so long, in milliseconds, has gone. */
const patience = 30_000;

/** Served by hand, since it streams both ways. */
export function listRoutes(app: Hono): void {
  app.post(honoPath(cleanseCall), async (c) => {
    const actor = await actorOf(c);
    const format = formatOf(c.req.header("content-type"));
    if (format === null) {
      const message = "Say what the list is: `content-type: text/csv` or `application/x-ndjson`.";
      throw new Refusal("unsupported-type", message);
    }
    const asked = { ...parseInput(listParams, c.req.param()), ...parseInput(listQuery, c.req.query()), format };
    const { chunks, counts } = await cleanseList(actor, asked, patiently(bodyOf(c)));
    const response = outgoing(c);
    if (response) {
      c.header("trailer", countsTrailer);
      // A reply with a length has no trailers.
      c.header("transfer-encoding", "chunked");
    }
    c.header("content-type", contentTypeOf[format]);
    return c.body(streamOf(chunks, () => response?.addTrailers({ [countsTrailer]: countsText(counts) })));
  });
}

const countsText = (counts: ListCounts): string => JSON.stringify(counts);

/** What arrives: Node's own request, where there is one, since another stream around it costs more than the decisions. */
function bodyOf(c: Context): AsyncIterator<Uint8Array> {
  const incoming: unknown = nodeOf(c, "incoming");
  if (incoming instanceof Readable) return incoming[Symbol.asyncIterator]();
  return readerOf(c.req.raw.body);
}

async function* readerOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
}

/** Ends a list that has stopped coming. */
async function* patiently(list: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Refusal("too-slow", "The list stopped coming. Send it again.")), patience);
    });
    try {
      const { done, value } = await Promise.race([list.next(), late]);
      if (done) return;
      yield value;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Reads on only when asked to. An error in the middle ends the connection, not the list. */
function streamOf(chunks: AsyncGenerator<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await chunks.next();
          if (done) {
            ended();
            return controller.close();
          }
          if (value.length > 0) return controller.enqueue(value);
        }
      },
      cancel: async () => void (await chunks.return(undefined)),
    },
    { highWaterMark: 0 },
  );
}

const outgoing = (c: Context): ServerResponse | undefined => {
  const response: unknown = nodeOf(c, "outgoing");
  return response instanceof ServerResponse ? response : undefined;
};

/** Node's own request or response; a reader that is not Node's (in tests) has none. */
function nodeOf(c: Context, name: "incoming" | "outgoing"): unknown {
  const env: unknown = c.env;
  return typeof env === "object" && env !== null ? Reflect.get(env, name) : undefined;
}
