import type { z } from "zod";
import type { Download } from "@/lib/contract/export";
import { parseInput } from "@/lib/contract/form";
import { attachment } from "@/lib/delivery/web/attachment";
import { currentStaff } from "@/lib/delivery/web/session";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { anyone, type Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";

/**
 * Answers a download's link. A link on another site cannot start one: it would be in the ledger under a name of ours.
 */
export async function downloadResponse<S extends z.ZodType>(
  request: Request,
  schema: S,
  make: (actor: Actor, input: z.infer<S>) => Promise<Download>,
  type = "text/csv; charset=utf-8; header=present",
): Promise<Response> {
  try {
    if (request.headers.get("sec-fetch-site") === "cross-site") throw new Refusal("forbidden", "Open the page here and download from there.");
    const actor = (await currentStaff()) ?? anyone;
    const input = parseInput(schema, Object.fromEntries(new URL(request.url).searchParams));
    const { filename, body } = await make(actor, input);
    return new Response(body, { headers: attachment(filename, type) });
  } catch (error) {
    return refusalResponse(error);
  }
}
