import { headers } from "next/headers";
import { parseInput } from "@/lib/contract/form";
import { listPieceQuery, mostPieceBytes } from "@/lib/contract/list";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { currentStaff } from "@/lib/delivery/web/session";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { Refusal } from "@/lib/domain/refusal";
import { cleanseListPiece } from "@/lib/usecases/cleanse-list-piece";

/** Takes a piece of a list from the page's script and answers what became of each of its rows. */
export async function listPieceResponse(request: Request): Promise<Response> {
  try {
    checkOrigin(await headers());
    const staff = await currentStaff();
    if (!staff) throw new Refusal("signed-out", "You are no longer signed in. Sign in in another window, then start again.");
    const asked = parseInput(listPieceQuery, Object.fromEntries(new URL(request.url).searchParams));
    if (Number(request.headers.get("content-length") ?? Infinity) > mostPieceBytes) throw new Refusal("too-large", "A piece of a list is at most 4 MiB.");
    return Response.json(await cleanseListPiece(staff, asked, new Uint8Array(await request.arrayBuffer())));
  } catch (error) {
    return refusalResponse(error);
  }
}
