import { answersExport } from "@/lib/contract/export";
import { exportAnswers } from "@/lib/usecases/export-acceptance-answers";
import { downloadResponse } from "../download";

/** Every answer to one version as CSV; writes its ledger entry before the first byte. */
export const GET = (request: Request): Promise<Response> => downloadResponse(request, answersExport, exportAnswers);
