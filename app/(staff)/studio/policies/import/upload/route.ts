import { currentStaff } from "@/lib/delivery/web/session";
import { isTooLarge, runImport, tooLarge } from "@/lib/delivery/web/policy-upload";
import { formResponse } from "@/lib/delivery/web/staff-responses";
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
  return formResponse(await runImport(form));
}

function refused({ code, message, faults = [] }: Refusal): Response {
  return formResponse({ status: "refused", code, message, faults, values: {} });
}
