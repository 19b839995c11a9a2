import type { Hono } from "hono";
import { forgetMemoryCall, memoryPageCall, readMemoryCall, rememberCall } from "@/lib/contract/memory";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { forgetItem } from "@/lib/usecases/forget-item";
import { recallItem, recallItems } from "@/lib/usecases/recall-items";
import { rememberItem } from "@/lib/usecases/remember-item";

export function memoryRoutes(app: Hono): void {
  serveCall(app, memoryPageCall, ({ actor, params, query }) => recallItems(actor, params.ref, query));
  serveCall(app, readMemoryCall, ({ actor, params, query }) => recallItem(actor, params.ref, params.key, query.version ?? null));
  serveCall(app, rememberCall, ({ actor, params, body }) => rememberItem(actor, params.ref, params.key, body));
  serveCall(app, forgetMemoryCall, ({ actor, params }) => forgetItem(actor, params.ref, params.key));
}
