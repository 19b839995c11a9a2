import { atLine, feed, hasBom, Reader, type Row } from "./list-rows";

const [quote, back] = [0x22, 0x0d];
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
