import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { formToObject, formValues, parseInput, type FormState } from "@/lib/contract/form";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { isDatabaseAway } from "@/lib/delivery/database-away";
import { report } from "@/lib/delivery/report";
import { checkOrigin } from "@/lib/delivery/web/origin";

/**
 * Runs one form: checks where it came from, parses it, finds who sent it, hands both to the use case, and turns a
 * refusal into what the form shows, with everything typed kept. Anything unforeseen becomes one calm sentence; the
 * details go to the log, without personal data.
 *
 * `act` returns what the form says when it worked, or redirects.
 */
export async function runForm<S extends z.ZodType, A extends Actor, R>(
  form: FormData,
  options: {
    schema: S;
    actor: () => Promise<A>;
    act: (actor: A, input: z.infer<S>) => Promise<{ message: string; result: R }>;
  },
): Promise<FormState<R>> {
  try {
    checkOrigin(await headers());
    const input = parseInput(options.schema, formToObject(form));
    const { message, result } = await options.act(await options.actor(), input);
    return { status: "done", message, result };
  } catch (error) {
    unstable_rethrow(error);
    const values = formValues(form);
    if (error instanceof Refusal) {
      return {
        status: "refused",
        code: error.code,
        message: error.message,
        faults: error.faults ?? [],
        values,
        ...(error.detail ? { detail: error.detail } : {}),
      };
    }
    report(error);
    return {
      status: "refused",
      code: "unavailable",
      message: isDatabaseAway(error)
        ? "Handshake is not available just now. What you typed is still here; please try again in a moment."
        : "Something went wrong on our side and nothing was saved. Please try again in a moment.",
      faults: [],
      values,
    };
  }
}
