import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CsvReader } from "@/lib/text/list-csv";
import { NdjsonReader } from "@/lib/text/list-ndjson";
import type { ListReader, ListRows } from "@/lib/text/list-rows";

/** Reads bytes in pieces that end anywhere. */
function read(reader: ListReader, bytes: Uint8Array, cuts: readonly number[] = []): ListRows[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const made: ListRows[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    made.push(...reader.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...made, ...reader.end()];
}

const rowsOf = (all: readonly ListRows[]) =>
  all.flatMap(({ bytes, ends, refs, marks, lines }) => ends.map((end, i) => ({ raw: Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)).toString("utf8"), mark: marks[i]! - (ends[i - 1] ?? 0), ref: refs[i]!, line: lines[i]! })));
const wholeOf = (all: readonly ListRows[]) => Buffer.concat(all.map(({ bytes }) => bytes)).toString("utf8");
const csv = (text: string, column: string | null = null) => rowsOf(read(new CsvReader(column), Buffer.from(text)));

const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("a", "é", "😀", ",", ";", '"', "\n", "\r\n", " ", "\t") }), fc.constant(""), fc.string({ minLength: 300, maxLength: 900 }));
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const needsQuotes = (value: string) => /["\n\r,;\t]/.test(value);
const line = fc.record({ cells: fc.tuple(cell, cell, cell), always: fc.boolean(), end: fc.constantFrom("\n", "\r\n"), blank: fc.boolean() });
const written = fc.record({ bom: fc.boolean(), lines: fc.array(line, { maxLength: 40 }), lastEnds: fc.boolean(), times: fc.constantFrom(1, 1, 60) });

describe("a list as CSV", () => {
  test("gives back every byte, and the same fields as an independent reader, wherever the pieces end", () => {
    fc.assert(
      fc.property(written, fc.array(fc.nat(), { maxLength: 8 }), ({ bom, lines, lastEnds, times }, cuts) => {
        const body = lines.map(({ cells, always, end, blank }) => `${cells.map((value) => (always || needsQuotes(value) ? quoted(value) : value)).join(",")}${end}${blank ? end : ""}`).join("").repeat(times);
        const text = `${bom ? "\ufeff" : ""}name,person,"a ""note"""\n${lastEnds ? body : body.replace(/[\r\n]+$/, "")}`;
        const all = read(new CsvReader(null), Buffer.from(text), cuts);
        expect(wholeOf(all)).toBe(text);
        const rows = rowsOf(all);
        const told = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, record_delimiter: ["\r\n", "\n"] }) as string[][];
        expect(rows.filter(({ ref }) => ref !== null).map(({ ref }) => ref)).toEqual(told.slice(1).map((fields) => fields[1]));
      }),
      { numRuns: 300 },
    );
  });

  test("finds the column by its name, by the usual names, or takes the first", () => {
    expect(csv("a,ref\n1,2\n").map(({ ref }) => ref)).toEqual([null, "2"]);
    expect(csv("a,b\n1,2\n").map(({ ref }) => ref)).toEqual([null, "1"]);
    expect(csv("a;b\r\n1;2", "b").map(({ ref }) => ref)).toEqual([null, "2"]);
    expect(() => csv("a,b\n1,2\n", "c")).toThrow("Line 1: There is no column “c”. There are: a, b.");
    expect(() => csv("")).toThrow("Line 1: The list has no header.");
  });

  test("a mark is before the line end, whatever that is", () => {
    expect(csv('a,b\r\n1,"2"\r\n3,4').map(({ raw, mark }) => raw.slice(mark))).toEqual(["\r\n", "\r\n", ""]);
  });

  test("what is broken is refused with its line", () => {
    expect(() => csv('a,b\n1,2\n\n1,"2\n3,4\n')).toThrow("Line 4: A quote is opened and never closed.");
    expect(() => csv('a,b\n"1\n\n",2\n1,2"\n')).toThrow("Line 5: A quote stands in the middle");
    expect(() => csv('a,b\n1,"2"x\n')).toThrow("Line 2: Something follows a closing quote.");
    expect(() => csv("a,b\n1\n")).toThrow("Line 2: This row has 1 column, and the header 2.");
    expect(() => read(new CsvReader(null), Buffer.from([0x61, 0x0a, 0xff, 0x0a]))).toThrow("Line 2: This is not UTF-8.");
    const reader = new CsvReader(null);
    expect(() => {
      reader.push(Buffer.from('a,b\n"'));
      for (let i = 0; i < 40; i++) reader.push(Buffer.alloc(65_536, 0x61));
    }).toThrow("Line 2: This row is longer than a mebibyte.");
  });
});

describe("a list as NDJSON", () => {
  const one = fc.record({ person: fc.string({ unit: "grapheme" }), n: fc.oneof(fc.string(), fc.record({ a: fc.string() }), fc.constant(null)) });
  test("gives back every byte and names the person", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(one, fc.constantFrom("\n", "\r\n", " \n\n")), { maxLength: 30 }), fc.boolean(), fc.array(fc.nat(), { maxLength: 8 }), (lines, bom, cuts) => {
        const text = (bom ? "\ufeff" : "") + lines.map(([value, end]) => JSON.stringify(value) + end).join("");
        const all = read(new NdjsonReader(null), Buffer.from(text), cuts);
        expect(wholeOf(all)).toBe(text);
        const rows = rowsOf(all).filter(({ ref }) => ref !== null);
        expect(rows.map(({ ref }) => ref)).toEqual(lines.map(([{ person }]) => person));
        for (const [i, { raw, mark }] of rows.entries()) {
          const whole = Buffer.from(raw);
          const said: unknown = JSON.parse(`${whole.subarray(0, mark).toString()},"reason":"refused"${whole.subarray(mark).toString()}`.replace(/^\ufeff/, ""));
          expect(said).toEqual({ ...lines[i]![0], reason: "refused" });
        }
      }),
      { numRuns: 300 },
    );
  });

  test("what is broken is refused with its line", () => {
    const read1 = (text: string) => read(new NdjsonReader(null), Buffer.from(text));
    expect(() => read1('{"person":"a"}\n\n{"person":')).toThrow("Line 3: This is not JSON.");
    for (const bad of ["{}", "[]", "null", '{"person":1}', '{"Person":"a"}']) expect(() => read1(bad), bad).toThrow("Line 1: This has no text “person”");
  });
});
