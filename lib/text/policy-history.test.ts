import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { corpusFiles } from "@/lib/text/corpus.fixture";
import { type HistoryInput, readPolicyHistory } from "@/lib/text/policy-history";
import { renderMarkdown } from "@/lib/text/render-markdown";
import { textDigest } from "@/lib/text/text-digest";

const bytes = (value: string) => new TextEncoder().encode(value);
const file = (path: string, text = "# Policy\n\nWords."): HistoryInput => ({ path, bytes: bytes(text) });
const history = (versions: unknown, extra: object = {}): HistoryInput => file("history.json", JSON.stringify({ ...extra, versions }));

function faults(files: readonly HistoryInput[]): string[] {
  const reading = readPolicyHistory(files);
  return reading.ok ? [] : reading.faults.map((fault) => `${fault.path}: ${fault.message}`);
}

test("all 97 versions of the real policy come in whole, with the dates and summaries of their history", () => {
  const folder = fileURLToPath(new URL("../../prisma/corpus/37signals-privacy-policy/", import.meta.url));
  const written: { title: string; licence: string; attribution: string; source: string; versions: { file: string; committedAt: string; summary: string; sourceCommit: string }[] } =
    JSON.parse(readFileSync(`${folder}history.json`, "utf8"));
  const started = performance.now();
  const reading = readPolicyHistory(corpusFiles());
  const read = performance.now();
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const digests = reading.history.versions.map((version) => textDigest(renderMarkdown(version.markdown).html));
  console.warn(`97 versions: read in ${Math.round(read - started)} ms, rendered in ${Math.round(performance.now() - read)} ms`);

  expect(reading.history).toMatchObject({ title: written.title, source: written.source, licence: "CC BY 4.0", attribution: written.attribution });
  expect(reading.history.versions.map((version) => ({ file: version.file, at: version.inForceFrom.getTime(), summary: version.summary, sourceCommit: version.sourceCommit }))).toEqual(
    written.versions.map((version) => ({ file: `37signals-privacy-policy/${version.file}`, at: Date.parse(version.committedAt), summary: version.summary, sourceCommit: version.sourceCommit })),
  );
  expect(reading.history.versions.map((version) => version.ordinal)).toEqual(Array.from({ length: 97 }, (_, index) => index + 1));
  expect(reading.warnings.every((warning) => /template tag/i.test(warning.message))).toBe(true);
  expect(new Set(digests).size).toBeGreaterThan(60);
  for (const version of reading.history.versions) {
    const source = readFileSync(`${folder}${version.file.split("/")[1]}`, "utf8");
    expect(version.sourceDigest).toBe(textDigest(source));
    expect(version.title).toMatch(/privacy policy/i);
    expect(version.markdown).not.toMatch(/\{%|^---$|^title:/m);
    // Nothing of the text is lost on the way: its last line is the last line.
    expect(version.markdown.trim().split("\n").at(-1)).toBe(source.trim().split("\n").at(-1));
  }
}, 60_000);

test("versions are ordered by their moment, whatever the order of the list", () => {
  const reading = readPolicyHistory([file("x/b.md"), file("x/a.md"), { ...history([{ file: "a.md", committedAt: "2021-01-01T00:00:00+02:00" }, { file: "b.md", committedAt: "2020-12-31T21:59:59Z" }]), path: "x/history.json" }]);
  expect(reading.ok && reading.history.versions.map((version) => [version.ordinal, version.file, version.inForceFrom.toISOString()])).toEqual([
    [1, "x/b.md", "2020-12-31T21:59:59.000Z"],
    [2, "x/a.md", "2020-12-31T22:00:00.000Z"],
  ]);
});

test("single files need dates, and take them", () => {
  const reading = readPolicyHistory([{ ...file("new.md"), date: "2021-05-04T09:00:00+02:00", summary: " Second " }, { ...file("old.txt"), date: "2020-02-29" }]);
  expect(reading.ok && reading.history.versions.map((version) => [version.file, version.inForceFrom.toISOString(), version.summary])).toEqual([
    ["old.txt", "2020-02-29T00:00:00.000Z", null],
    ["new.md", "2021-05-04T07:00:00.000Z", "Second"],
  ]);
  expect(faults([file("a.md"), { ...file("b.md"), date: "04.05.2021" }, { ...file("c.png"), date: "2021-01-01" }])).toEqual([
    "a.md: Its date is missing. Say from when it was in force, or add a history.json that does.",
    'b.md: "04.05.2021" is not a date. Write it like 2021-05-04 or 2021-05-04T09:00:00+02:00.',
    "c.png: This is not a Markdown or text file. Leave it out, or import a .zip with a history.json.",
  ]);
});

test("every fault is told at once, each with its place", () => {
  const versions = [
    { file: "a.md", committedAt: "2021-01-01T00:00:00Z" },
    { file: "gone.md", committedAt: "2021-01-02T00:00:00Z" },
    { file: "a.md", committedAt: "2021-02-30T00:00:00Z" },
    { file: "../a.md", committedAt: "2021-01-03T00:00:00Z" },
    { file: 7, committedAt: "2021-01-04", summary: 1 },
    "a.md",
    { file: "latin.md", committedAt: "2021-01-01T01:00:00+01:00" },
  ];
  expect(faults([file("a.md"), { path: "latin.md", bytes: new Uint8Array([0x41, 0xe9, 0x42]) }, history(versions)])).toEqual([
    'history.json#/versions/2/committedAt: It must be a date and time with its offset, such as "2021-05-04T09:00:00+02:00".',
    'history.json#/versions/3/file: It must name a file in the same folder, such as "001.md".',
    "history.json#/versions/4/summary: It must be a text in quotation marks.",
    'history.json#/versions/4/file: It must name a file in the same folder, such as "001.md".',
    'history.json#/versions/4/committedAt: It must be a date and time with its offset, such as "2021-05-04T09:00:00+02:00".',
    "history.json#/versions/5: It must be an object with file and committedAt.",
    "history.json#/versions/1/file: The file gone.md is not there. Add it, or take this version out of history.json.",
    "history.json#/versions/6: latin.md and a.md come into force at the same moment. Give one of them another time.",
    "latin.md: This is not UTF-8 text. Save it as UTF-8 (without any other encoding) and try again.",
  ]);
});

test("a file no version names, and a name nobody knows, are warnings", () => {
  const reading = readPolicyHistory([file("a.md"), file("b.md"), file("README.md"), file(".DS_Store"), file("__MACOSX/a.md"), history([{ file: "./a.md", committedAt: "2021-01-01T00:00:00Z", sumary: "x" }], { author: "y" })]);
  expect(reading.ok && reading.warnings).toEqual([
    { path: "history.json#/author", message: '"author" is not used here and was left out.' },
    { path: "history.json#/versions/0/sumary", message: '"sumary" is not used here and was left out.' },
    { path: "b.md", message: "history.json does not name this file, so it was left out." },
  ]);
});

test.each([
  ["not JSON", [file("history.json", "{")], /^history\.json: This is not JSON/],
  ["a list", [file("history.json", "[]")], /must be one object/],
  ["without versions", [file("history.json", "{}")], /^history\.json#\/versions: It must be a list/],
  ["without any version", [history([])], /must be a list of at least one/],
  ["there twice", [history([]), { ...history([]), path: "x/history.json" }], /more than one history\.json/],
])("a history that is %s is refused", (_, files, message) => {
  expect(faults(files)[0]).toMatch(message);
});

test("limits: one file, all files, their number, two of one name, a path that leads out, none at all", () => {
  const big = { path: "big.md", bytes: new Uint8Array(1024 * 1024 + 1) };
  expect(faults([big])).toEqual(["big.md: It is larger than 1 MB. Leave it out or shorten it."]);
  expect(faults(Array.from({ length: 21 }, (_, index) => ({ path: `${index}.md`, bytes: new Uint8Array(1024 * 1024) })))[0]).toMatch(/larger than 20 MB/);
  expect(faults(Array.from({ length: 2001 }, (_, index) => file(`${index}.md`)))[0]).toMatch(/more than 2000 files/);
  expect(faults([file("a.md"), file("./a.md")])[0]).toMatch(/two files of this name/);
  expect(faults([file("../a.md")])[0]).toMatch(/leads out of the folder/);
  expect(faults([])[0]).toMatch(/no files/);
});
