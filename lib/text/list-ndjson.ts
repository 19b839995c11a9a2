import { atLine, feed, hasBom, Reader, type Row } from "./list-rows";

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
