import { Hono } from "hono";
import { healthCall } from "@/lib/contract/health";
import { refuseOddAddress, requestIdOf } from "@/lib/delivery/gateway/address";
import { callerOf } from "@/lib/delivery/gateway/caller";
import { options } from "@/lib/delivery/gateway/cors";
import { methodsAt } from "@/lib/delivery/gateway/known-calls";
import { problemReply } from "@/lib/delivery/gateway/problem";
import { answerRoutes } from "@/lib/delivery/gateway/routes/answers";
import { decisionRoutes } from "@/lib/delivery/gateway/routes/decisions";
import { ledgerRoutes } from "@/lib/delivery/gateway/routes/ledger";
import { listRoutes } from "@/lib/delivery/gateway/routes/lists";
import { memoryRoutes } from "@/lib/delivery/gateway/routes/memory";
import { openApiRoute } from "@/lib/delivery/gateway/routes/openapi";
import { peopleRoutes } from "@/lib/delivery/gateway/routes/people";
import { personTokenRoutes } from "@/lib/delivery/gateway/routes/person-tokens";
import { questionRoutes } from "@/lib/delivery/gateway/routes/questions";
import { signalRoutes } from "@/lib/delivery/gateway/routes/signals";
import { usesMadeRoutes } from "@/lib/delivery/gateway/routes/uses";
import { webhookRoutes } from "@/lib/delivery/gateway/routes/webhooks";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { Refusal } from "@/lib/domain/refusal";
import { checkHealth } from "@/lib/usecases/check-health";
import { countCall } from "@/lib/usecases/count-call";

/** The gateway: one listener for programs, on its own port. */
export function gatewayApp(): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    c.header("x-request-id", requestIdOf(c));
    c.header("cache-control", "no-store");
    refuseOddAddress(c.req.url);
    countCall(callerOf(c));
    await next();
  });

  app.on("OPTIONS", "*", options);
  serveCall(app, healthCall, () => checkHealth());
  questionRoutes(app);
  answerRoutes(app);
  decisionRoutes(app);
  memoryRoutes(app);
  personTokenRoutes(app);
  peopleRoutes(app);
  listRoutes(app);
  usesMadeRoutes(app);
  webhookRoutes(app);
  ledgerRoutes(app);
  signalRoutes(app);
  openApiRoute(app);

  app.notFound((c) => {
    const methods = methodsAt(c.req.path);
    if (methods.length === 0) return problemReply(c, new Refusal("not-found", "There is no such call."));
    c.header("allow", methods.join(", "));
    return problemReply(c, new Refusal("method-not-allowed", `This is not done with ${c.req.method}, but with ${methods.join(", ")}.`));
  });
  app.onError((error, c) => problemReply(c, error));
  return app;
}
