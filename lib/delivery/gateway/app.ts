import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import { decisionAsked, decisionsAsked } from "@/lib/contract/decision";
import { parseInput } from "@/lib/contract/form";
import { linkAsked } from "@/lib/contract/person";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { jsonValue, limitBody } from "@/lib/delivery/gateway/body";
import { problemReply, reply } from "@/lib/delivery/gateway/problem";
import { decide, decideMany } from "@/lib/usecases/decide";
import { checkHealth } from "@/lib/usecases/check-health";
import { mintPersonLink } from "@/lib/usecases/mint-person-link";
import { identifyProgram } from "@/lib/usecases/identify-program";

/** The gateway: one listener for programs, on its own port. */
export function gatewayApp(): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    c.header("x-request-id", randomUUID());
    c.header("cache-control", "no-store");
    await next();
  });

  app.use(limitBody);

  app.get("/v1/health", async (c) => c.json(await checkHealth()));

  app.post("/v1/decisions", async (c) => {
    const actor = await actorOf(c);
    const value = await jsonValue(c);
    if (typeof value === "object" && value !== null && "decisions" in value) {
      return c.json({ decisions: await decideMany(actor, parseInput(decisionsAsked, value).decisions) });
    }
    return c.json(await decide(actor, parseInput(decisionAsked, value)));
  });

  app.post("/v1/links", async (c) => {
    const actor = await actorOf(c);
    const { person } = parseInput(linkAsked, await jsonValue(c));
    const { link, expiresAt } = await mintPersonLink(actor, person);
    return c.json({ link, expiresAt: expiresAt.toISOString() }, 201);
  });

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

/** Who calls; strangers are turned away before anything they sent is looked at. */
async function actorOf(c: Context): Promise<Actor> {
  const header = c.req.header("authorization") ?? "";
  if (!header) throw new Refusal("signed-out", "Send an API key as `Authorization: Bearer …`.");
  const key = /^Bearer ([\x21-\x7e]{8,200})$/.exec(header)?.[1];
  const program = key ? await identifyProgram(key) : null;
  if (!program) throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  return program;
}
