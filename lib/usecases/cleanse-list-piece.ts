import type { ListPieceAsked, ListVerdict } from "@/lib/contract/list";
import { database } from "@/lib/data/client";
import { requestName } from "@/lib/data/ledger/request-name";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { Actor, StaffActor } from "@/lib/domain/actor";
import type { Decision } from "@/lib/domain/decision";
import { CsvReader } from "@/lib/text/list-csv";
import { NdjsonReader } from "@/lib/text/list-ndjson";
import type { ListRows } from "@/lib/text/list-rows";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { judgeList } from "@/lib/usecases/judge-list";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Judges a piece of a list that staff hold: says of each row who stays, and keeps nothing. That a list is cleansed is an
 * entry, written before the first verdict. Throws `not-found` for a use that is not published, `invalid` with the line.
 */
export async function cleanseListPiece(actor: Actor, asked: ListPieceAsked, piece: Uint8Array): Promise<ListVerdict> {
  authorise(actor, "list.cleanse");
  const [column, line] = [asked.column ?? null, asked.line ?? null];
  const reader = asked.format === "csv" ? new CsvReader(column, line) : new NdjsonReader(column, line);
  const batches = [...reader.push(piece), ...(asked.last ? reader.end() : reader.flush())];
  const judged: { readonly rows: ListRows; readonly decisions: readonly Decision[] }[] = [];
  await judgeList({ staff: actor.id }, asked.use, null, []);
  await noteCleansing(actor, asked);
  for (const rows of batches) judged.push({ rows, decisions: await judgeList({ staff: actor.id }, asked.use, null, rows.refs.filter((ref) => ref !== null)) });
  return { ...verdictOf(judged), line: reader.nextLine, ...reader.around };
}

/** One entry a list, however many pieces it is sent in. */
async function noteCleansing(actor: StaffActor, { request, use }: ListPieceAsked): Promise<void> {
  const noted = await database().ledgerEntry.findFirst({ where: { requestId: requestName(request), staffId: actor.id, kind: "export-created", subject: "export:list" }, select: { body: true } });
  const subject = `use:${use}`;
  if (noted?.body.includes(`"subject":${JSON.stringify(subject)}`)) return;
  await writeToLedger<void>(
    { staff: actor.id },
    request,
    async ({ tx, append }) => {
      await authoriseNow(tx, actor, "list.cleanse");
      append({ kind: "export-created", v: 1, what: "list", subject, rows: null });
    },
    async (_tx, entries) => void sameRequest(entries, "export-created", (entry) => entry.what === "list" && entry.subject === subject),
  );
}

function verdictOf(judged: readonly { readonly rows: ListRows; readonly decisions: readonly Decision[] }[]): Omit<ListVerdict, "line" | "before" | "after"> {
  const reasons: ListVerdict["reasons"] = [];
  const places = new Map<string, number>();
  const rows: ListVerdict["rows"] = [];
  let head: ListVerdict["head"] = null;
  for (const { rows: batch, decisions } of judged) {
    let decided = 0;
    batch.ends.forEach((end, i) => {
      const length = end - (batch.ends[i - 1] ?? 0);
      const tail = end - batch.marks[i]!;
      if (batch.head && i === 0) {
        head = { length, tail };
        return;
      }
      const decision = batch.refs[i] === null ? undefined : decisions[decided++];
      rows.push([length, tail, decision === undefined ? -1 : placeOf(decision)]);
    });
  }
  return { head, reasons, rows };

  function placeOf({ reason, allowed }: Decision): number {
    const before = places.get(reason);
    if (before !== undefined) return before;
    places.set(reason, reasons.length);
    return reasons.push({ reason, allowed }) - 1;
  }
}
