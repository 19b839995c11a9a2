import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { limitBody } from "@/lib/delivery/gateway/body";
import { problemReply, reply } from "@/lib/delivery/gateway/problem";
import { decisionRoutes } from "@/lib/delivery/gateway/routes/decisions";
import { listRoutes } from "@/lib/delivery/gateway/routes/lists";
import { peopleRoutes } from "@/lib/delivery/gateway/routes/people";
import { usesMadeRoutes } from "@/lib/delivery/gateway/routes/uses";
import { webhookRoutes } from "@/lib/delivery/gateway/routes/webhooks";
import { checkHealth } from "@/lib/usecases/check-health";

/** The gateway: one listener for programs, on its own port. */
export function gatewayApp(): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    c.header("x-request-id", randomUUID());
    c.header("cache-control", "no-store");
    await next();
  });

  // Before the limit: a list may be of any length, and is never in memory as a whole.
  listRoutes(app);
  app.use(limitBody);

  app.get("/v1/health", async (c) => c.json(await checkHealth()));
  decisionRoutes(app);
  peopleRoutes(app);
  usesMadeRoutes(app);
  webhookRoutes(app);

  app.notFound((c) =>
    reply(c, {
      type: "about:blank",
      title: "Not found",
      status: 404,
      code: "not-found",
      detail: "There is no such call.",
      requestId: c.res.headers.get("x-request-id") ?? "",
    }),
  );
  app.onError((error, c) => problemReply(c, error));
  return app;
}
