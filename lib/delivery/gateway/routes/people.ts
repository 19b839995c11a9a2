import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { forgetPersonCall, linkCall } from "@/lib/contract/person";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { forgetPersonOfHost } from "@/lib/usecases/forget-person";
import { mintPersonLink } from "@/lib/usecases/mint-person-link";

export function peopleRoutes(app: Hono): void {
  serveCall(app, linkCall, async ({ actor, body }) => {
    const { link, expiresAt } = await mintPersonLink(actor, body.person);
    return { link, expiresAt: expiresAt.toISOString() };
  });
  serveCall(app, forgetPersonCall, async ({ actor, params, query, idempotencyKey }) => {
    await forgetPersonOfHost(actor, { ref: params.ref, leaveAlone: query.leaveAlone, request: idempotencyKey ?? randomUUID() });
  });
}
