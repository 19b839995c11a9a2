import type { Hono } from "hono";
import { checkpointCall, consistencyCall, entryCall, inclusionCall } from "@/lib/contract/ledger-calls";
import { serveCall } from "@/lib/delivery/gateway/serve-call";
import { Refusal } from "@/lib/domain/refusal";
import { proveLedgerConsistency } from "@/lib/usecases/prove-ledger-consistency";
import { proveLedgerEntry } from "@/lib/usecases/prove-ledger-entry";
import { readLedgerEntry } from "@/lib/usecases/read-ledger-entry";
import { readLedgerKey } from "@/lib/usecases/read-ledger-key";

export function ledgerRoutes(app: Hono): void {
  serveCall(app, checkpointCall, async () => {
    const { checkpoint } = await readLedgerKey();
    if (checkpoint === null) throw new Refusal("not-found", "The ledger has no entry yet.");
    return checkpoint.note;
  });
  serveCall(app, entryCall, ({ actor, params }) => readLedgerEntry(actor, params.index));
  serveCall(app, inclusionCall, ({ actor, query }) => proveLedgerEntry(actor, query));
  serveCall(app, consistencyCall, ({ actor, query }) => proveLedgerConsistency(actor, query));
}
