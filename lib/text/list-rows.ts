import { Refusal } from "@/lib/domain/refusal";

/**
 * Some rows of a list, exactly as they came: row `i` is `bytes` from `ends[i - 1]` (or 0) up to `ends[i]`, its line end
 * included.
 */
export type ListRows = {
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  /** Where something can be added to a row: behind its last field, before its line end. */
  readonly marks: readonly number[];
  /** What the host calls the person of each row; null for what is nobody's row: a header, a blank line. */
  readonly refs: readonly (string | null)[];
  /** The number of each row's first line, from 1. */
  readonly lines: readonly number[];
  /** Whether the first row is the header. */
  readonly head: boolean;
  /** Says that `bytes` are not looked at any more: their place is used again. Whoever does not say it keeps them. */
  release(): void;
};

/** Takes a list apart while it arrives. What is wrong is refused as `invalid`, naming the line. */
export type ListReader = {
  /** Hands back what is whole so far, at most `mostRows` rows at a time; little is kept until there is more. */
  push(chunk: Uint8Array): ListRows[];
  /** What is whole so far, however little. */
  flush(): ListRows[];
  /** The rest, which needs no line end. */
  end(): ListRows[];
  /** What stands before the reason in a row that says it, and behind it. */
  readonly around: { readonly before: string; readonly after: string };
  /** The number of the line that comes next. */
  readonly nextLine: number;
};

export const mostRows = 1_000;
/** Scanned at a time, in bytes; less waits for more. */
const atOnce = 65_536;
/** A row longer than this is no row: somewhere a quote was left open. */
const longest = 1_048_576;

/** What ends a line. */
export const feed = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function atLine(line: number, message: string): Refusal {
  return new Refusal("invalid", `Line ${line.toLocaleString("en")}: ${message}`, { faults: [{ path: `line ${line}`, message }] });
}

/** One row as it was found: where it ends, its mark and ref as in `ListRows`, and how many lines it is long. */
export type Row = { readonly end: number; readonly mark: number; readonly ref: string | null; readonly lines: number };

/** Where bytes lie while somebody looks at rows in them, in so many bytes at least; one place goes from hand to hand. */
const roomy = 4 * atOnce;

/** What both kinds of list share: bytes in, whole rows out. */
export abstract class Reader implements ListReader {
  abstract readonly around: { readonly before: string; readonly after: string };
  private waiting: Uint8Array[] = [];
  private waits = 0;
  private rest: Buffer = Buffer.alloc(0);
  private begun = false;
  private readonly free: Buffer[] = [];
  protected line = 1;
  /** Where the list goes on behind the header: a piece of it begins with the same one. */
  private readonly goesOnAt: number | null;

  constructor(goesOnAt: number | null) {
    this.goesOnAt = goesOnAt;
  }

  /** The line that comes next. */
  get nextLine(): number {
    return this.line;
  }

  /** The row that begins at `from`, or null where it is not whole yet. */
  protected abstract scan(bytes: Buffer, from: number, last: boolean): Row | null;
  /** Reads the first row, if it is a header. */
  protected abstract head(bytes: Buffer, last: boolean): Row | "none" | null;

  push(chunk: Uint8Array): ListRows[] {
    this.waiting.push(chunk);
    this.waits += chunk.length;
    return this.waits < atOnce ? [] : this.take(false);
  }

  flush(): ListRows[] {
    return this.take(false);
  }

  end(): ListRows[] {
    return this.take(true);
  }

  private take(last: boolean): ListRows[] {
    const place = this.placeFor(this.rest.length + this.waits);
    const bytes = this.gathered(place);
    const made: ListRows[] = [];
    let from = 0;
    let rows = this.open();
    let held = 1;
    const letGo = () => {
      held -= 1;
      if (held === 0 && place.length === roomy) this.free.push(place);
    };
    const close = () => {
      if (rows.ends.length > 0) {
        held += 1;
        made.push({ ...rows, bytes: bytes.subarray(rows.from, from), release: once(letGo) });
      }
      rows = this.open(from);
    };
    while (from < bytes.length || (last && !this.begun)) {
      const headed = !this.begun;
      if (headed && this.goesOnAt !== null) this.line = this.goesOnAt;
      const first = headed ? this.head(bytes, last) : "none";
      if (first !== null) this.begun = true;
      const row = first === "none" ? this.scan(bytes, from, last) : first;
      if (row === null) break;
      rows.ends.push(row.end - rows.from);
      rows.marks.push(row.mark - rows.from);
      rows.refs.push(row.ref);
      rows.lines.push(this.line);
      if (first !== "none") rows.head = true;
      this.line = headed && this.goesOnAt !== null ? this.goesOnAt + (first === "none" ? row.lines : 0) : this.line + row.lines;
      from = row.end;
      if (rows.ends.length === mostRows) close();
    }
    close();
    // A copy, so that what was read is not kept for the sake of its end.
    this.rest = Buffer.from(bytes.subarray(from));
    letGo();
    if (this.rest.length > longest) throw atLine(this.line, "This row is longer than a mebibyte. Is there a quote that is never closed?");
    return made;
  }

  /** A place that nobody looks at, or a new one: a million rows would leave hundreds of megabytes to be cleared away. */
  private placeFor(size: number): Buffer {
    return size > roomy ? Buffer.allocUnsafeSlow(size) : (this.free.pop() ?? Buffer.allocUnsafeSlow(roomy));
  }

  /** What waits, one behind the other. */
  private gathered(place: Buffer): Buffer {
    let size = 0;
    for (const part of [this.rest, ...this.waiting]) {
      place.set(part, size);
      size += part.length;
    }
    this.waiting = [];
    this.waits = 0;
    return place.subarray(0, size);
  }

  private open(from = 0) {
    return { from, ends: [] as number[], marks: [] as number[], refs: [] as (string | null)[], lines: [] as number[], head: false };
  }

  protected text(bytes: Buffer, from: number, to: number): string {
    const text = bytes.toString("utf8", from, to);
    if (text.includes("\ufffd")) {
      try {
        utf8.decode(bytes.subarray(from, to));
      } catch {
        throw atLine(this.line, "This is not UTF-8. Save the list as UTF-8.");
      }
    }
    return text;
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** Whether a list begins with a byte order mark, which is no part of it. */
export const hasBom = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
