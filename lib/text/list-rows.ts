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

const [quote, feed, back] = [0x22, 0x0a, 0x0d];
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function atLine(line: number, message: string): Refusal {
  return new Refusal("invalid", `Line ${line.toLocaleString("en")}: ${message}`, { faults: [{ path: `line ${line}`, message }] });
}

type Row = { readonly end: number; readonly mark: number; readonly ref: string | null; readonly lines: number };

/** Where bytes lie while somebody looks at rows in them, in so many bytes at least; one place goes from hand to hand. */
const roomy = 4 * atOnce;

/** What both kinds of list share: bytes in, whole rows out. */
abstract class Reader implements ListReader {
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

const hasBom = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
const delimiters = [",", ";", "\t"];

/**
 * CSV by RFC 4180 with a header; lines may end in LF or CRLF, fields may be parted by semicolons or tabs (whatever
 * comes first in the header).
 */
export class CsvReader extends Reader {
  private delimiter = 0x2c;
  private columns = 0;
  private column = 0;
  /** The fields of the row scanned last: from, to and whether quoted. */
  private at = 0;
  private found = { from: 0, to: 0, quoted: false };

  /** @param wanted the column that names people; null for one called `person` or `ref`, or else the first */
  constructor(private readonly wanted: string | null, goesOnAt: number | null = null) {
    super(goesOnAt);
  }

  get around() {
    return { before: String.fromCharCode(this.delimiter), after: "" };
  }

  protected head(bytes: Buffer, last: boolean): Row | null {
    const from = hasBom(bytes) ? 3 : 0;
    const names: string[] = [];
    this.delimiter = delimiterOf(bytes, from);
    const row = this.walk(bytes, from, last, (start, to, quoted) => names.push(this.field(bytes, start, to, quoted)));
    if (row === null) return null;
    if (row.mark === from) throw atLine(1, "The list has no header. Begin it with a row that names its columns.");
    this.columns = names.length;
    this.column = this.wanted === null ? Math.max(0, ["person", "ref"].map((name) => names.indexOf(name)).find((place) => place >= 0) ?? 0) : names.indexOf(this.wanted);
    if (this.column < 0) throw atLine(1, `There is no column “${this.wanted ?? ""}”. There are: ${names.slice(0, 20).join(", ").slice(0, 400)}.`);
    return { ...row, ref: null };
  }

  protected scan(bytes: Buffer, from: number, last: boolean): Row | null {
    this.at = 0;
    const row = this.walk(bytes, from, last, this.note);
    if (row === null) return null;
    if (row.mark === from) return { ...row, ref: null };
    if (this.at !== this.columns) throw atLine(this.line, `This row has ${this.at} ${this.at === 1 ? "column" : "columns"}, and the header ${this.columns}.`);
    return { ...row, ref: this.field(bytes, this.found.from, this.found.to, this.found.quoted) };
  }

  private readonly note = (from: number, to: number, quoted: boolean): void => {
    if (this.at++ !== this.column) return;
    this.found.from = from;
    this.found.to = to;
    this.found.quoted = quoted;
  };

  private field(bytes: Buffer, from: number, to: number, quoted: boolean): string {
    const text = this.text(bytes, from, to);
    return quoted ? text.replaceAll('""', '"') : text;
  }

  /** Walks one row, telling of each field. */
  private walk(bytes: Buffer, start: number, last: boolean, tell: (from: number, to: number, quoted: boolean) => void): Row | null {
    const { delimiter } = this;
    const length = bytes.length;
    let lines = 1;
    let at = start;
    for (;;) {
      if (bytes[at] === quote) {
        const from = at + 1;
        at = from;
        for (;;) {
          const next = bytes.indexOf(quote, at);
          if (next < 0) return last ? this.broken("A quote is opened and never closed.") : null;
          if (bytes[next + 1] !== quote) {
            if (next + 1 === length && !last) return null;
            for (let line = bytes.indexOf(feed, from); line >= 0 && line < next; line = bytes.indexOf(feed, line + 1)) lines++;
            tell(from, next, true);
            at = next + 1;
            break;
          }
          at = next + 2;
        }
        if (at === length) return last ? { end: at, mark: at, ref: null, lines } : null;
        const byte = bytes[at];
        if (byte === feed) return { end: at + 1, mark: at, ref: null, lines };
        if (byte === back && at + 1 === length && !last) return null;
        if (byte === back && bytes[at + 1] === feed) return { end: at + 2, mark: at, ref: null, lines };
        if (byte !== delimiter) return this.broken("Something follows a closing quote.");
        at++;
        continue;
      }
      const from = at;
      while (at < length && bytes[at] !== delimiter && bytes[at] !== feed) {
        if (bytes[at] === quote) return this.broken("A quote stands in the middle of a field. Put the whole field in quotes, and double each quote inside.");
        at++;
      }
      if (at === length) {
        if (!last) return null;
        tell(from, at, false);
        return { end: at, mark: at, ref: null, lines };
      }
      if (bytes[at] === feed) {
        const mark = at > from && bytes[at - 1] === back ? at - 1 : at;
        tell(from, mark, false);
        return { end: at + 1, mark, ref: null, lines };
      }
      tell(from, at, false);
      at++;
    }
  }

  private broken(message: string): never {
    throw atLine(this.line, message);
  }
}

/** The one that comes first outside quotes in the header. */
function delimiterOf(bytes: Buffer, from: number): number {
  let quoted = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === quote) quoted = !quoted;
    else if (!quoted && byte === feed) break;
    else if (!quoted && delimiters.includes(String.fromCharCode(byte))) return byte;
  }
  return 0x2c;
}

/** One JSON object a line (NDJSON), with a field that names the person. */
export class NdjsonReader extends Reader {
  readonly around = { before: ',"reason":"', after: '"' };
  private readonly name: string;

  /** @param wanted the field that names people; null for `person` */
  constructor(wanted: string | null, goesOnAt: number | null = null) {
    super(goesOnAt);
    this.name = wanted ?? "person";
  }

  protected head(): "none" {
    return "none";
  }

  protected scan(bytes: Buffer, start: number, last: boolean): Row | null {
    const next = bytes.indexOf(feed, start);
    if (next < 0 && !last) return null;
    const end = next < 0 ? bytes.length : next + 1;
    const from = this.line === 1 && start === 0 && hasBom(bytes) ? 3 : start;
    const line = this.text(bytes, from, next < 0 ? end : next);
    if (line.trim() === "") return { end, mark: end, ref: null, lines: 1 };
    return { end, mark: bytes.lastIndexOf(0x7d, end - 1), ref: this.person(line), lines: 1 };
  }

  private person(line: string): string {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw atLine(this.line, "This is not JSON. Write one JSON object a line.");
    }
    const named: unknown = typeof value === "object" && value !== null && Object.hasOwn(value, this.name) ? Reflect.get(value, this.name) : undefined;
    if (typeof named !== "string") throw atLine(this.line, `This has no text “${this.name}”, which names the person.`);
    return named;
  }
}
