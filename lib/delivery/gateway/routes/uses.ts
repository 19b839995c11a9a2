import type { Hono } from "hono";
import { usesMadeCall } from "@/lib/contract/use-count";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { reportUsesMade } from "@/lib/usecases/count-uses";

export function usesMadeRoutes(app: Hono): void {
  serveCall(app, usesMadeCall, ({ actor, body }) => reportUsesMade(actor, body));
}
