import type { Hono } from "hono";
import { gpcSupport } from "@/lib/contract/signal";

/** No call, but a document that browsers and auditors look for (GPC specification, § 4). */
export function signalRoutes(app: Hono): void {
  app.get("/.well-known/gpc.json", (c) => c.json(gpcSupport));
}
