import type { Hono } from "hono";
import { answersCall } from "@/lib/contract/answer";
import { importsCall } from "@/lib/contract/consent-import";
import { permissionsCall } from "@/lib/contract/permission";
import { serveByKey, serveCall } from "@/lib/delivery/gateway/serve-call";
import { answerQuestionsByProgram } from "@/lib/usecases/answer-questions-by-program";
import { importConsents } from "@/lib/usecases/import-consents";
import { showPermissionsByProgram } from "@/lib/usecases/show-permissions-by-program";

export function answerRoutes(app: Hono): void {
  serveCall(app, answersCall, async ({ actor, body, idempotencyKey, signal }) => ({ receipts: await answerQuestionsByProgram(actor, body, idempotencyKey, signal) }));
  serveByKey(app, permissionsCall, (apiKey, { params }) => showPermissionsByProgram(apiKey, params.ref));
  serveCall(app, importsCall, ({ actor, body, idempotencyKey }) => importConsents(actor, body, idempotencyKey));
}
