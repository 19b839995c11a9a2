import { unstable_rethrow } from "next/navigation";
import { entryIndex } from "@/lib/contract/ledger";
import { receiptFileName, receiptFormat, type ReceiptForms, type ReceiptFormat } from "@/lib/contract/receipt";
import { attachment } from "@/lib/delivery/web/attachment";
import { requirePerson } from "@/lib/delivery/web/page";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { Refusal } from "@/lib/domain/refusal";
import { readReceipt } from "@/lib/usecases/read-receipt";

type Context = { params: Promise<{ index: string; format: string }> };

/** Gives a person the receipt of one answer as a file; to anybody else there is none, and nobody signed in is sent to ask for a link. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const { index, format } = await params;
    const [place, wanted] = [entryIndex.safeParse(index), receiptFormat.safeParse(format)];
    if (!place.success || !wanted.success) throw new Refusal("not-found", "There is no such receipt.");
    const forms = await readReceipt(await requirePerson(), place.data);
    const { body, type, name } = fileOf(forms, wanted.data);
    if (body === null) throw new Refusal("not-found", "There is no receipt of this answer in this form.");
    return new Response(`${JSON.stringify(body, null, 2)}\n`, { headers: attachment(name, type) });
  } catch (error) {
    unstable_rethrow(error);
    return refusalResponse(error);
  }
}

function fileOf({ view: { index }, file, jsonld, kantara }: ReceiptForms, format: ReceiptFormat): { body: object | null; type: string; name: string } {
  switch (format) {
    case "json":
      return { body: file, type: "application/json; charset=utf-8", name: receiptFileName(index) };
    case "jsonld":
      return { body: jsonld, type: "application/ld+json", name: `handshake-receipt-${index}.jsonld` };
    case "kantara":
      return { body: kantara, type: "application/json; charset=utf-8", name: `handshake-receipt-${index}-kantara.json` };
  }
}
