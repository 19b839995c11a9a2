import { report } from "@/lib/delivery/report";
import { statusOf } from "@/lib/delivery/refusal-status";
import { Refusal } from "@/lib/domain/refusal";

/** A refusal as a plain answer of a route handler; anything unforeseen is 503 and goes to the log. */
export function refusalResponse(error: unknown): Response {
  if (!(error instanceof Refusal)) {
    report(error);
    return Response.json({ code: "unavailable" }, { status: statusOf.unavailable });
  }
  return Response.json({ code: error.code, detail: error.message }, { status: statusOf[error.code] });
}
