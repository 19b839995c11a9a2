import { ledgerVerification } from "@/lib/delivery/web/ledger-verification";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { currentStaff } from "@/lib/delivery/web/session";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { anyone } from "@/lib/domain/actor";

/** Verifies the whole ledger and tells how far it is, a line of JSON at a time; stops soon after whoever asked has left. */
export async function POST(request: Request): Promise<Response> {
  try {
    checkOrigin(request.headers);
    const body = await ledgerVerification((await currentStaff()) ?? anyone, request.signal);
    return new Response(body, { headers: { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  } catch (error) {
    return refusalResponse(error);
  }
}
