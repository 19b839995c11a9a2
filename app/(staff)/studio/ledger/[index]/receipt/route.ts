import { entryIndex } from "@/lib/contract/ledger";
import { receiptFileName } from "@/lib/contract/receipt";
import { currentStaff } from "@/lib/delivery/web/session";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { anyone } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { readReceiptOf } from "@/lib/usecases/read-receipt";
import { jsonFile } from "../../json-file";

/** The receipt of anybody's answer, for staff: it proves the answer, and does not say whose it is. */
export async function GET(_request: Request, { params }: { params: Promise<{ index: string }> }): Promise<Response> {
  try {
    const place = entryIndex.safeParse((await params).index);
    if (!place.success) throw new Refusal("not-found", "There is no such receipt.");
    return jsonFile(receiptFileName(place.data), await readReceiptOf((await currentStaff()) ?? anyone, place.data));
  } catch (error) {
    return refusalResponse(error);
  }
}
