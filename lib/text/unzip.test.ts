import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { corpusFiles, corpusHistory } from "@/lib/text/corpus.fixture";
import { type HistoryInput, readPolicyHistory } from "@/lib/text/policy-history";
import { unzip } from "@/lib/text/unzip";

const text = (value: string) => new TextEncoder().encode(value);

function messages(zip: Uint8Array): string[] {
  const result = unzip(zip);
  return result.ok ? [] : result.faults.map((fault) => `${fault.path}: ${fault.message}`);
}

/** Changes a number in the central directory's first entry. */
function withCentral(zip: Uint8Array, offset: number, value: number, bytes: 2 | 4): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  const start = view.getUint32(copy.length - 22 + 16, true);
  if (bytes === 2) view.setUint16(start + offset, value, true);
  else view.setUint32(start + offset, value, true);
  return copy;
}

test("an archive gives its files, without folders and what computers add", () => {
  const result = unzip(zipSync({ "p/": [new Uint8Array(), {}], "p/ü.md": text("Grüße"), "p/stored.md": [text("plain"), { level: 0 }], "__MACOSX/p/._ü.md": text("x"), "p/.DS_Store": text("x") }));
  expect(result.ok && result.files.map((file) => [file.path, new TextDecoder().decode(file.bytes)])).toEqual([["p/ü.md", "Grüße"], ["p/stored.md", "plain"]]);
});

test("the real policy comes out of an archive as out of its folder", () => {
  const zip = zipSync(Object.fromEntries(corpusFiles().map((file: HistoryInput) => [file.path, file.bytes])));
  const result = unzip(zip);
  if (!result.ok) throw new Error("refused");
  const reading = readPolicyHistory(result.files);
  expect(reading.ok && reading.history).toEqual(corpusHistory());
});

test("a path that leads out is refused", () => {
  const zip = zipSync({ "../a.md": text("x"), "/b.md": text("x"), "c/../../d.md": text("x"), "C:\\e.md": text("x"), "..\\f.md": text("x") });
  expect(messages(zip)).toHaveLength(5);
  expect(messages(zip)[0]).toMatch(/leads out of the archive/);
});

test("a file too large, as it says or as it is, stops at the limit", () => {
  const big = zipSync({ "a.md": new Uint8Array(1024 * 1024 + 1) });
  expect(messages(big)).toEqual(["a.md: It is larger than 1 MB. Leave it out or shorten it."]);
  expect(messages(withCentral(big, 24, 100, 4))).toEqual(["a.md: It is damaged in the archive. Make the archive again."]);
});

test("many files that are too much together stop at the limit", () => {
  const files = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`${index}.md`, new Uint8Array(1024 * 1024)]));
  expect(messages(zipSync(files))).toEqual([": The archive unpacks to more than 20 MB. Leave out what is not policy text."]);
});

test("more than two thousand files are refused", () => {
  const files = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}.md`, text("x")]));
  expect(messages(zipSync(files, { level: 0 }))[0]).toMatch(/more than 2000 files/);
});

test("a password, another packing and damage are refused by name", () => {
  const zip = zipSync({ "a.md": text("hello hello hello hello") });
  expect(messages(withCentral(zip, 8, 1, 2))[0]).toMatch(/^a\.md: It is protected by a password/);
  expect(messages(withCentral(zip, 10, 14, 2))[0]).toMatch(/^a\.md: It is packed in a way/);
  expect(messages(withCentral(zip, 16, 123, 4))[0]).toMatch(/^a\.md: It is damaged/);
  expect(messages(withCentral(zip, 42, 5, 4))[0]).toMatch(/^a\.md: It is damaged/);
});

test("what is no archive, or an empty one, is refused", () => {
  expect(messages(text("hello"))[0]).toMatch(/not a \.zip archive/);
  expect(messages(new Uint8Array(100_000))[0]).toMatch(/not a \.zip archive/);
  expect(messages(zipSync({ "a.md": text("x") }).subarray(0, 60))[0]).toMatch(/not a \.zip archive/);
  expect(messages(zipSync({}))[0]).toMatch(/no files/);
});

test("any bytes changed anywhere never throw", () => {
  const zip = zipSync({ "a.md": text("hello hello hello"), "b/c.md": text("more words, more words") });
  for (let at = 0; at < zip.length; at += 1) {
    for (const value of [0, 0x7f, 0xff]) {
      const copy = zip.slice();
      copy[at] = value;
      expect(unzip(copy).ok).toBeTypeOf("boolean");
    }
  }
});
