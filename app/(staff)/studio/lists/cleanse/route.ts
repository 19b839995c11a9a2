import { listPieceResponse } from "@/lib/delivery/web/list-piece";

export const POST = (request: Request): Promise<Response> => listPieceResponse(request);
