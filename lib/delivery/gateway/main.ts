import { closeDatabase } from "@/lib/data/client";
import { settings } from "@/lib/data/settings/settings";
import { flushDecisions } from "@/lib/usecases/count-uses";
import { listen } from "@/lib/delivery/gateway/listener";

const { host, gatewayPort } = settings();
const server = listen({ hostname: host, port: gatewayPort }, () => {
  process.send?.({ ready: "gateway" });
});

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  server.close(() => void flushDecisions().then(closeDatabase).finally(() => process.exit(0)));
  server.closeIdleConnections();
}
process.once("SIGINT", close);
process.once("SIGTERM", close);
