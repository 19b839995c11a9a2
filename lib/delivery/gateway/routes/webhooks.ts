import type { Hono } from "hono";
import { confirmationCall } from "@/lib/contract/webhook";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { confirmEvent } from "@/lib/usecases/confirm-event";

export function webhookRoutes(app: Hono): void {
  serveCall(app, confirmationCall, async ({ actor, body }) => ({ event: body.event, confirmedAt: (await confirmEvent(actor, body.event)).toISOString() }));
}
