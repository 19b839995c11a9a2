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
    const apiKey = apiKeyOf(c);
    const asked = await jsonValue(c).then(parseDecisions).catch(async (fault: unknown) => {
      // Strangers are not told what is wrong with what they sent.
      await actorOf(c);
      throw fault;
    });
    return c.json("decisions" in asked ? { decisions: await decideMany(await actorOf(c), asked.decisions) } : await decide(apiKey, asked));
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

/** One decision, or many at once. */
function parseDecisions(value: unknown) {
  const many = typeof value === "object" && value !== null && "decisions" in value;
  return many ? parseInput(decisionsAsked, value) : parseInput(decisionAsked, value);
}

/** The key a call was sent with; whose it is, nobody knows yet. */
function apiKeyOf(c: Context): string {
  const header = c.req.header("authorization") ?? "";
  if (!header) throw new Refusal("signed-out", "Send an API key as `Authorization: Bearer …`.");
  return /^Bearer ([\x21-\x7e]{8,200})$/.exec(header)?.[1] ?? "";
}

/** Who calls; strangers are turned away before anything they sent is looked at. */
async function actorOf(c: Context): Promise<Actor> {
  const program = await identifyProgram(apiKeyOf(c));
  if (!program) throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  return program;
}
