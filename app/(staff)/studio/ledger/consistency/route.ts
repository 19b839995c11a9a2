import { parseInput } from "@/lib/contract/form";
import { consistencyQuery } from "@/lib/contract/ledger";
import { currentStaff } from "@/lib/delivery/web/session";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { anyone } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { proveLedgerGrowth } from "@/lib/usecases/prove-ledger-growth";
import { jsonFile } from "../json-file";

/** The proof that the newest checkpoint continues an older one; where there is none, the page says why at its field. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  try {
    const { older } = parseInput(consistencyQuery, Object.fromEntries(searchParams));
    const { file, newer } = await proveLedgerGrowth((await currentStaff()) ?? anyone, { older });
    return jsonFile(`handshake-growth-${older}-to-${newer}.json`, file);
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== "invalid" && error.code !== "not-found")) return refusalResponse(error);
    return new Response(null, { status: 303, headers: { location: `/studio/ledger?${new URLSearchParams({ older: (searchParams.get("older") ?? "").slice(0, 100) })}` } });
  }
}
