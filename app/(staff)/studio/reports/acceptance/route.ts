import { acceptanceExport } from "@/lib/contract/export";
import { exportAcceptance } from "@/lib/usecases/export-acceptance";
import { downloadResponse } from "../download";

/** The acceptance of every version as CSV; writes its ledger entry before the first byte. */
export const GET = (request: Request): Promise<Response> => downloadResponse(request, acceptanceExport, exportAcceptance);
