import { readLedgerKey } from "@/lib/usecases/read-ledger-key";
import { plainText } from "../plain-text";

/** The key under which the ledger's checkpoints verify, as a C2SP vkey on one line. */
export async function GET(): Promise<Response> {
  return plainText(`${(await readLedgerKey()).verifierKey}\n`);
}
