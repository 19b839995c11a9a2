import type { Hono } from "hono";
import { decisionAsked, decisionsAsked, decisionsCall } from "@/lib/contract/decision";
import { parseInput } from "@/lib/contract/form";
import { jsonValue } from "@/lib/delivery/gateway/body";
import { actorOf, apiKeyOf } from "@/lib/delivery/gateway/caller";
import { honoPath } from "@/lib/delivery/gateway/serve-call";
import { decide, decideMany } from "@/lib/usecases/decide";

/** Served by hand, since it is called before every use: a single decision looks its key up in the same statement. */
export function decisionRoutes(app: Hono): void {
  app.post(honoPath(decisionsCall), async (c) => {
    const apiKey = apiKeyOf(c);
    const asked = await jsonValue(c).then(parseDecisions).catch(async (fault: unknown) => {
      // Strangers are not told what is wrong with what they sent.
      await actorOf(c);
      throw fault;
    });
    return c.json("decisions" in asked ? { decisions: await decideMany(await actorOf(c), asked.decisions) } : await decide(apiKey, asked));
  });
}

/** One decision, or many at once. */
function parseDecisions(value: unknown) {
  const many = typeof value === "object" && value !== null && "decisions" in value;
  return many ? parseInput(decisionsAsked, value) : parseInput(decisionAsked, value);
}
