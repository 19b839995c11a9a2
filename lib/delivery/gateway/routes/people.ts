import type { Hono } from "hono";
import { linkCall } from "@/lib/contract/person";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { mintPersonLink } from "@/lib/usecases/mint-person-link";

export function peopleRoutes(app: Hono): void {
  serveCall(app, linkCall, async ({ actor, body }) => {
    const { link, expiresAt } = await mintPersonLink(actor, body.person);
    return { link, expiresAt: expiresAt.toISOString() };
  });
}
