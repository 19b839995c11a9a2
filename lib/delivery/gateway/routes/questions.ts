import type { Hono } from "hono";
import { dueCall, questionsCall } from "@/lib/contract/question";
import { serveByKey, serveCall } from "@/lib/delivery/gateway/serve-call";
import { askQuestionsByHost } from "@/lib/usecases/ask-questions-by-host";
import { showDue } from "@/lib/usecases/show-due";

export function questionRoutes(app: Hono): void {
  serveCall(app, questionsCall, ({ actor, body, signal }) => askQuestionsByHost(actor, body, signal));

  serveByKey(app, dueCall, (apiKey, { params, query }) => showDue(apiKey, params.ref, query.audience));
}
