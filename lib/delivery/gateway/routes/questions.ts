import type { Hono } from "hono";
import { parseInput } from "@/lib/contract/form";
import { dueCall, questionsCall } from "@/lib/contract/question";
import { actorOf, apiKeyOf } from "@/lib/delivery/gateway/caller";
import { honoPath, queryOf, serveCall } from "@/lib/delivery/gateway/serve-call";
import { askQuestionsByHost } from "@/lib/usecases/ask-questions-by-host";
import { showDue } from "@/lib/usecases/show-due";

export function questionRoutes(app: Hono): void {
  serveCall(app, questionsCall, ({ actor, body, signal }) => askQuestionsByHost(actor, body, signal));

  // By hand, since a host calls it on every page: the key is looked up in the same statement.
  app.get(honoPath(dueCall), async (c) => {
    const apiKey = apiKeyOf(c);
    try {
      const [{ ref }, { audience }] = [parseInput(dueCall.params!, c.req.param()), parseInput(dueCall.query!, queryOf(c))];
      return c.json(await showDue(apiKey, ref, audience));
    } catch (fault) {
      // Strangers are not told what is wrong with what they sent.
      await actorOf(c);
      throw fault;
    }
  });
}
