import { randomUUID } from "node:crypto";
import { createServer, STATUS_CODES, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import type { RefusalCode } from "@/lib/domain/refusal";

/** Lists of any length may take their time; other bodies are cut far sooner (`body.ts`). */
const longestRequest = 3_600_000;
/** A request without a host, or of a strange one, is answered by us and not by Node's bare 400. */
const options = { requestTimeout: longestRequest, headersTimeout: 10_000, connectionsCheckingInterval: 2_000, requireHostHeader: false };

/** Opens the gateway's door. `ready` is told the port. */
export function listen({ hostname, port }: { readonly hostname: string; readonly port: number }, ready: (port: number) => void): Server {
  const serve = getRequestListener(gatewayApp().fetch, { errorHandler: unreadable });
  const server = createServer(options, serve);
  // What a client expects before it sends its body, we do not have; so it is served like any other.
  server.on("checkExpectation", serve);
  server.on("clientError", answerMalformed);
  return server.listen(port, hostname, () => ready((server.address() as AddressInfo).port));
}

function unreadable(): Response {
  const { body, requestId } = problem(400, "malformed", "This is not a request that can be read.");
  return new Response(body, { status: 400, headers: { "content-type": "application/problem+json; charset=utf-8", "x-request-id": requestId, "cache-control": "no-store" } });
}

function problem(status: number, code: RefusalCode, detail: string): { body: string; requestId: string; title: string } {
  const [requestId, title] = [randomUUID(), STATUS_CODES[status] ?? ""];
  return { body: JSON.stringify({ type: "about:blank", title, status, code, detail, requestId }), requestId, title };
}

const answers: Readonly<Record<string, readonly [number, RefusalCode, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "too-large", "The headers are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "too-slow", "The request did not arrive in time."],
};

/** What is no HTTP that we understand never reaches the app; it too is told so as every program expects it. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, code, detail] = answers[error.code ?? ""] ?? ([400, "malformed", "This is not a request that can be read."] as const);
  const { body, requestId, title } = problem(status, code, detail);
  const head = [`HTTP/1.1 ${status} ${title}`, "content-type: application/problem+json; charset=utf-8", `content-length: ${Buffer.byteLength(body)}`, `x-request-id: ${requestId}`, "cache-control: no-store", "connection: close"];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
