import { ledgerExport } from "@/lib/contract/ledger";
import { exportLedger } from "@/lib/usecases/export-ledger";
import { downloadResponse } from "../../reports/download";

/** The whole ledger as NDJSON; writes its ledger entry before the first byte. */
export const GET = (request: Request): Promise<Response> => downloadResponse(request, ledgerExport, exportLedger, "application/x-ndjson; charset=utf-8");
