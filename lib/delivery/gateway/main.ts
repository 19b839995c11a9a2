import { serve } from "@hono/node-server";
import { closeDatabase } from "@/lib/data/client";
import { settings } from "@/lib/data/settings/settings";
import { flushDecisions } from "@/lib/usecases/count-uses";
import { gatewayApp } from "@/lib/delivery/gateway/app";

const { host, gatewayPort } = settings();
const server = serve({ fetch: gatewayApp().fetch, hostname: host, port: gatewayPort, serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000 } }, () => {
  process.send?.({ ready: "gateway" });
});

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  server.close(() => void flushDecisions().then(closeDatabase).finally(() => process.exit(0)));
  if ("closeIdleConnections" in server) server.closeIdleConnections();
}
process.once("SIGINT", close);
process.once("SIGTERM", close);
