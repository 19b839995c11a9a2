// The least that a Node process can do for the same request: take the body in, send JSON of the same size back.
import { createServer } from "node:http";

const port = Number(process.argv[2]);
const reply = JSON.stringify({ allowed: false, reason: "use-changed", use: "mountain-bike-picks", version: 10, answeredVersion: 1, answeredAt: new Date(0).toISOString(), index: 123_456 });
const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(reply) };
const server = createServer((request, response) => {
  request.resume().once("end", () => response.writeHead(200, headers).end(reply));
});
server.listen(port, "127.0.0.1", () => process.send?.({ ready: "bare" }));
process.once("SIGTERM", () => process.exit(0));
