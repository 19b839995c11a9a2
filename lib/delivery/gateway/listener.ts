import { randomUUID } from "node:crypto";
import { STATUS_CODES, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { serve } from "@hono/node-server";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import type { RefusalCode } from "@/lib/domain/refusal";

/** Lists of any length may take their time; other bodies are cut far sooner (`body.ts`). */
const longestRequest = 3_600_000;

/** Opens the gateway's door. `ready` is told the port. */
export function listen({ hostname, port }: { readonly hostname: string; readonly port: number }, ready: (port: number) => void): Server {
  const server = serve(
    { fetch: gatewayApp().fetch, hostname, port, serverOptions: { requestTimeout: longestRequest, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 } },
    (info) => ready(info.port),
  ) as Server;
  server.on("clientError", answerMalformed);
  return server;
}

const answers: Readonly<Record<string, readonly [number, RefusalCode, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "too-large", "The headers are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "too-slow", "The request did not arrive in time."],
};

/** What is no HTTP that we understand never reaches the app; it too is told so as every program expects it. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, code, detail] = answers[error.code ?? ""] ?? ([400, "malformed", "This is not a request that can be read."] as const);
  const requestId = randomUUID();
  const title = STATUS_CODES[status] ?? "";
  const body = JSON.stringify({ type: "about:blank", title, status, code, detail, requestId });
  const head = [`HTTP/1.1 ${status} ${title}`, "content-type: application/problem+json; charset=utf-8", `content-length: ${Buffer.byteLength(body)}`, `x-request-id: ${requestId}`, "cache-control: no-store", "connection: close"];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
