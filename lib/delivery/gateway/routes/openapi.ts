import type { Hono } from "hono";
import { calls } from "@/lib/contract/calls";
import { openApi } from "@/lib/contract/openapi";
import { openapiCall } from "@/lib/contract/openapi-call";
import { settings } from "@/lib/data/settings/settings";
import { statusOf } from "@/lib/delivery/refusal-status";
import { honoPath } from "@/lib/delivery/gateway/serve-call";

/** Made once: what the calls are does not change while a process runs. Anybody's page may read it. */
export function openApiRoute(app: Hono): void {
  let text: string | undefined;
  app.get(honoPath(openapiCall), (c) => {
    text ??= JSON.stringify(openApi({ calls, statusOf, server: settings().gatewayUrl }));
    return c.body(text, 200, { "content-type": "application/json", "access-control-allow-origin": "*", "cache-control": "public, max-age=300" });
  });
}
