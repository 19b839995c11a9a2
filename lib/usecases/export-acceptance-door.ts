import type { Download } from "@/lib/contract/export";
import { openSnapshot, streamOf, type Snapshot } from "@/lib/data/exports";
import { writeToLedger } from "@/lib/data/ledger/write";
import { readPeople } from "@/lib/data/reports";
import type { StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseNow } from "@/lib/usecases/authorise-now";

/** How long a link gives the same download again without a new entry: for a reader who retries, not for a bookmark. */
const retryMinutes = 15;

export type Wanted = {
  /** As the ledger entry names it. */
  readonly what: string;
  readonly subject: string;
  filename(now: Date): string;
  /** The number of rows. The snapshot has begun; may refuse. */
  count(snapshot: Snapshot): Promise<number>;
  chunks(snapshot: Snapshot): AsyncGenerator<Uint8Array>;
};

/**
 * One download, one entry. The snapshot begins behind the ledger's lock, where no answer can be recorded, so the file
 * holds exactly what was so at its entry, and as many rows as the entry says. The same request sent again gives the file
 * as it is by then, for a quarter of an hour, and no second entry.
 */
export async function download(actor: StaffActor, requestId: string, wanted: Wanted): Promise<Download> {
  const snapshot = await openSnapshot();
  try {
    const { rows, now } = await writeToLedger(
      { staff: actor.id },
      requestId,
      async ({ tx, now, append }) => {
        await authoriseNow(tx, actor, "export.create");
        await snapshot.begin();
        const rows = await wanted.count(snapshot);
        append({ kind: "export-created", v: 1, what: wanted.what, subject: wanted.subject, rows });
        return { rows, now };
      },
      async (tx, [entry]) => {
        await authoriseNow(tx, actor, "export.create");
        await snapshot.begin();
        const { now } = await readPeople(snapshot.moment);
        if (entry?.kind !== "export-created" || entry.what !== wanted.what || entry.subject !== wanted.subject) {
          throw new Refusal("idempotency-conflict", "This link already gave another download. Reload the page and try again.");
        }
        if (now.getTime() - Date.parse(entry.at) > retryMinutes * 60_000) {
          throw new Refusal("link-expired", "This download link was used before. Reload the page to download again.");
        }
        return { rows: await wanted.count(snapshot), now };
      },
    );
    return { filename: wanted.filename(now), rows, body: streamOf(wanted.chunks(snapshot), snapshot) };
  } catch (error) {
    snapshot.close();
    throw error;
  }
}
