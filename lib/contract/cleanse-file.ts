import type { ListCounts, ListVerdict } from "@/lib/contract/list";

/** Sent at a time, in bytes. */
const pieceBytes = 1_048_576;
/** A piece grows to this while no row of it is whole. */
const mostBytes = 3 * pieceBytes;

export type CleansedFile = {
  readonly permitted: Blob;
  readonly suppressed: Blob;
  readonly counts: ListCounts;
};

export type SendPiece = (piece: Blob, at: { readonly line: number | null; readonly last: boolean }) => Promise<ListVerdict>;

/**
 * Cleanses a file that only this browser holds: sends it piece by piece, is told of each row who stays, and puts both
 * lists together here. @param progress told how many bytes are done
 * @throws what `send` throws
 */
export async function cleanseFile(file: Blob, send: SendPiece, progress: (bytes: number) => void, size = pieceBytes): Promise<CleansedFile> {
  const permitted: BlobPart[] = [];
  const suppressed: BlobPart[] = [];
  const counts: { -readonly [R in keyof ListCounts]: ListCounts[R] } = {};
  let head = new Uint8Array();
  let line: number | null = null;
  let at = 0;
  let step = size;
  do {
    const last: boolean = at + step >= file.size;
    const body: Uint8Array<ArrayBuffer> = new Uint8Array(await file.slice(at, at + step).arrayBuffer());
    const verdict = await send(new Blob([head, body]), { line, last });
    let from = 0;
    if (verdict.head !== null && head.length === 0) {
      head = body.slice(0, verdict.head.length);
      const mark = head.length - verdict.head.tail;
      permitted.push(head);
      suppressed.push(head.subarray(0, mark), `${verdict.before}reason${verdict.after}`, head.subarray(mark));
      from = head.length;
    }
    const began = from;
    let open = from;
    for (const [length, tail, place] of verdict.rows) {
      const told = verdict.reasons[place];
      if (told) counts[told.reason] = (counts[told.reason] ?? 0) + 1;
      if (told && !told.allowed) {
        if (from > open) permitted.push(body.subarray(open, from));
        suppressed.push(body.subarray(from, from + length - tail), `${verdict.before}${told.reason}${verdict.after}`, body.subarray(from + length - tail, from + length));
        open = from + length;
      }
      from += length;
    }
    if (from > open) permitted.push(body.subarray(open, from));
    at += from;
    if (from > 0) line = verdict.line;
    // A row that is longer than the piece: the next one is larger, until the server says that no row is so long.
    step = from === began && !last ? Math.min(step * 2, mostBytes) : size;
    progress(at);
    if (last) break;
  } while (at < file.size);
  return { permitted: new Blob(permitted), suppressed: new Blob(suppressed), counts };
}
