import type { Hono } from "hono";
import { personTokenCall } from "@/lib/contract/person-token";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { mintPersonToken } from "@/lib/usecases/mint-person-token";

export function personTokenRoutes(app: Hono): void {
  serveCall(app, personTokenCall, async ({ actor, body }) => {
    const { token, expiresAt } = await mintPersonToken(actor, body.person, body.minutes);
    return { token, expiresAt: expiresAt.toISOString() };
  });
}
