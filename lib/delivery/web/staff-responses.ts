import type { FormState } from "@/lib/contract/form";
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

/** The state of a form for a script that sent it, with the status that says the same. */
export function formResponse(state: FormState<unknown>): Response {
  return Response.json(state, { status: state.status === "refused" ? statusOf[state.code] : 200 });
}
