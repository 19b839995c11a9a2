import type { Download } from "@/lib/contract/export";
import type { LedgerExport } from "@/lib/contract/ledger";
import { dayOf } from "@/lib/contract/report";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import { countSigned, exportLines } from "@/lib/data/ledger/export-lines";
import { settings } from "@/lib/data/settings/settings";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { download } from "@/lib/usecases/export-acceptance-door";

/**
 * The whole ledger as NDJSON, up to the entry that says so: anybody can verify it without us. It holds random ids and
 * digests, no names. Throws `forbidden`, `not-found` while there is no entry, `link-expired` or `idempotency-conflict`.
 */
export async function exportLedger(actor: Actor, input: LedgerExport): Promise<Download> {
  authorise(actor, "export.create");
  let size = 0;
  return download(actor, input.request, {
    what: "ledger",
    subject: "all",
    filename: (now) => `handshake-ledger-${dayOf(now)}.ndjson`,
    count: async (snapshot) => {
      size = await countSigned(snapshot);
      if (size === 0) throw new Refusal("not-found", "The ledger has no entry yet.");
      return size;
    },
    chunks: (snapshot) => exportLines(snapshot, { key: ledgerVerifierKey(), log: settings().ledgerName, size }),
  });
}
