import { currentStaff } from "@/lib/delivery/web/session";
import { isTooLarge, runImport, tooLarge } from "@/lib/delivery/web/policy-upload";
import { statusOf } from "@/lib/delivery/refusal-status";
import type { FormState } from "@/lib/contract/form";
import { Refusal } from "@/lib/domain/refusal";

/** Takes an import from the page's script: larger than a server action may be, and answered with what the form shows. */
export async function POST(request: Request): Promise<Response> {
  if (isTooLarge(request.headers)) return refused(tooLarge());
  if (!(await currentStaff())) return refused(new Refusal("signed-out", "You are no longer signed in. Sign in in another window, then send this again."));
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    return refused(new Refusal("invalid", "The files did not arrive whole. Send them again."));
  }
  const state = await runImport(form);
  return Response.json(state, { status: state.status === "refused" ? statusOf[state.code] : 200 });
}

function refused({ code, message, faults = [] }: Refusal): Response {
  const state: FormState = { status: "refused", code, message, faults, values: {} };
  return Response.json(state, { status: statusOf[code] });
}
