import { once } from "node:events";
import { request as plain, type ClientRequest, type IncomingMessage } from "node:http";
import { request as secured } from "node:https";
import type { Readable, Writable } from "node:stream";
import { contentTypeOf, countsTrailer, listCounts, type ListCounts, type ListFormat } from "@/lib/contract/list";
import { PlainError } from "@/lib/data/settings/plain-error";
import { Refusal } from "@/lib/domain/refusal";
import { CsvReader } from "@/lib/text/list-csv";
import { NdjsonReader } from "@/lib/text/list-ndjson";

export type CleanseOrder = {
  readonly gateway: string;
  readonly apiKey: string;
  readonly use: string;
  readonly format: ListFormat;
  readonly keep: "permitted" | "suppressed";
  readonly version: string | null;
  readonly column: string | null;
};

/**
 * Sends a list to the gateway while it is read, and writes what comes back while it comes. The list is read here too, so
 * that a row that cannot be read is named even when half of it is sent. @param progress told how many rows were sent
 * @returns how many rows were decided how
 * @throws PlainError; what was written until then is not the whole list
 */
export async function cleanse(order: CleanseOrder, input: Readable, output: Writable, progress: (rows: number) => void, signal: AbortSignal): Promise<ListCounts> {
  const address = new URL(`/v1/lists/${encodeURIComponent(order.use)}/cleanse`, order.gateway);
  for (const name of ["keep", "version", "column"] as const) if (order[name] !== null) address.searchParams.set(name, order[name]);
  const sending = (address.protocol === "https:" ? secured : plain)(address, {
    method: "POST",
    signal,
    headers: { authorization: `Bearer ${order.apiKey}`, "content-type": contentTypeOf[order.format] },
  });
  const reply = once(sending, "response") as Promise<[IncomingMessage]>;
  reply.catch(() => undefined);
  const sent = send(order, input, sending, progress);
  let fault: unknown = null;
  sent.catch((error: unknown) => {
    fault = error;
    sending.destroy();
  });
  try {
    const [response] = await reply;
    if (response.statusCode !== 200) throw new PlainError(await refusalOf(response));
    for await (const chunk of response) if (!output.write(chunk)) await once(output, "drain");
    await sent;
    const counts = response.trailers[countsTrailer];
    if (!response.complete || counts === undefined) throw new PlainError("The gateway did not send the whole list back.");
    return listCounts.parse(JSON.parse(counts));
  } catch (error) {
    // What was wrong with the list says more than that the line was cut because of it.
    const cause = fault instanceof Refusal ? fault : error;
    if (cause instanceof PlainError) throw cause;
    if (cause instanceof Refusal) throw new PlainError(cause.message, cause);
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new PlainError(code === "ECONNREFUSED" ? `Nobody answers at ${address.origin}: check HANDSHAKE_GATEWAY, and that the gateway runs.` : `The line to the gateway was cut (${code}).`, cause);
  } finally {
    sending.destroy();
  }
}

/** Until there is room again, or nobody to send to. */
function drained(sending: ClientRequest): Promise<void> {
  return new Promise((go) => {
    const done = () => {
      sending.off("drain", done).off("close", done);
      go();
    };
    sending.on("drain", done).on("close", done);
  });
}

async function send({ format, column }: CleanseOrder, input: Readable, sending: ClientRequest, progress: (rows: number) => void): Promise<void> {
  const reader = format === "csv" ? new CsvReader(column) : new NdjsonReader(column);
  let rows = 0;
  const count = (read: readonly { readonly refs: readonly (string | null)[] }[]) => {
    for (const { refs } of read) for (const ref of refs) rows += ref === null ? 0 : 1;
    progress(rows);
  };
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    count(reader.push(bytes));
    if (!sending.write(bytes)) await drained(sending);
    if (sending.destroyed) return;
  }
  count(reader.end());
  sending.end();
}

/** What a problem reply says to people. */
async function refusalOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === "object" && problem !== null && "detail" in problem && typeof problem.detail === "string") return problem.detail;
  } catch {
    // Not from our gateway, then.
  }
  return `The gateway answers ${response.statusCode ?? "nothing"}.`;
}
