import { readLedgerKey } from "@/lib/usecases/read-ledger-key";
import { plainText } from "../plain-text";

/** The ledger's newest checkpoint, as the signed note that it is (c2sp.org/tlog-checkpoint). */
export async function GET(): Promise<Response> {
  const { checkpoint } = await readLedgerKey();
  return checkpoint === null ? plainText("The ledger has no entry yet.\n", 404) : plainText(checkpoint.note);
}
