import { spawnSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { MerkleTree } from "merkletreejs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const seed = Number(process.env.HANDSHAKE_SEED ?? 20261121);

// ── A writer of its own: the definitions of RFC 6962 and of C2SP read literally ─────────────────────────────────────

const sha256 = (...parts: (string | Uint8Array)[]) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafOf = (data: string | Uint8Array) => sha256("\0", data);
const nodeOf = (left: Buffer, right: Buffer) => sha256("\x01", left, right);
/** The largest power of two below n. */
const splitOf = (n: number) => 2 ** Math.floor(Math.log2(n - 1));

/** RFC 6962 §2.1, MTH. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const k = splitOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** RFC 6962 §2.1.1, PATH. */
function inclusionOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k ? [...inclusionOf(index, left), rootOf(right)] : [...inclusionOf(index - k, right), rootOf(left)];
}

/** RFC 6962 §2.1.2, SUBPROOF. */
function consistencyOf(m: number, leaves: readonly Buffer[], whole = true): Buffer[] {
  if (m === leaves.length) return whole ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k ? [...consistencyOf(m, left, whole), rootOf(right)] : [...consistencyOf(m - k, right, false), rootOf(left)];
}

/** A key that signs checkpoints, made from a word. */
function keyOf(word: string, name = "handshake.example", falseId?: Buffer) {
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), sha256(word)]), format: "der", type: "pkcs8" });
  const bytes = Buffer.concat([Buffer.of(1), createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = falseId ?? sha256(`${name}\n`, bytes).subarray(0, 4);
  const note = (size: number, root: Buffer, origin = name) => {
    const text = `${origin}\n${size}\n${root.toString("base64")}\n`;
    return `${text}\n— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString("base64")}\n`;
  };
  return { name, note, vkey: `${name}+${id.toString("hex")}+${bytes.toString("base64")}` };
}
type Key = ReturnType<typeof keyOf>;
type Body = Record<string, unknown>;

const canonical = (value: unknown) => canonicalize(value) ?? "";
const house = keyOf("house");
const stranger = keyOf("stranger");
const nothingBefore = "0".repeat(64);
const personOf = (i: number) => canonical({ email: `anna${i}@example.com`, name: "Anna Müller", ref: i % 2 ? null : `C-${i}` });
const saltOf = (i: number) => sha256(`salt ${i}`);
const shownOf = (i: number) => canonical({ v: 1, kind: "permission", use: "bike-interest", locale: "en", title: "Bikes", question: `May we remember that you like “bikes” (${i})?` });

/** What happened, without its place: answers, acts whose texts need escapes, and entries of the first shape. */
function factOf(i: number, request: number): Body {
  const common = { at: new Date(Date.UTC(2026, 10, 21, 20, 14, 3, request * 7)).toISOString(), request: sha256(`request ${request}`).toString("hex", 0, 16), log: house.name };
  const answer = { person: "6fdc7b8a-9a5b-4f6e-8f7c-0a1b2c3d4e5f", version: 1 + (i % 3), channel: "host", v: 2, shown: sha256(shownOf(i)).toString("hex"), identity: sha256(saltOf(i), personOf(i)).toString("hex") };
  if (i % 5 === 1) return { ...common, ...answer, kind: "policy-answered", policy: "privacy", answer: "accepted", by: { person: answer.person } };
  if (i % 5 === 2) return { ...common, kind: "settings-changed", v: 1, by: { staff: "6c1f" }, changes: { name: { from: null, to: `„Rad“ & "Söhne" \\ ${i}\n€ 😀` } } };
  if (i % 5 === 3) return { at: common.at, kind: "person-invited", v: 1, person: answer.person, channel: "letter", by: { house: true } };
  return { ...common, ...answer, kind: "permission-answered", use: "bike-interest", answer: "granted", expiresAt: null, by: { key: "k1" } };
}

/** Places facts in a ledger: entries from `from` on get the links that fit what stands before them, up to `to`. */
function link(entries: readonly Body[], from = 0, to = entries.length): Body[] {
  const linked = [...entries];
  for (let i = from; i < to; i++) {
    const before = linked[i - 1];
    linked[i] = { ...linked[i], index: i, previous: before === undefined ? nothingBefore : leafOf(canonical(before)).toString("hex") };
  }
  return linked;
}

const noteOf = (key: Key, texts: readonly string[], size: number) => key.note(size, rootOf(texts.slice(0, size).map(leafOf)));
const headerOf = (key: Key, size: number) => JSON.stringify({ format: "handshake-ledger", v: 1, key: key.vkey, log: key.name, size });

/** The lines of an export: entries, and after each batch (its end is given) its checkpoint. */
function linesOf(texts: readonly string[], notes: ReadonlyMap<number, string>): string[] {
  return texts.flatMap((text, i) => [text, ...[notes.get(i + 1)].flatMap((note) => (note === undefined ? [] : [JSON.stringify({ checkpoint: note })]))]);
}
const fileOf = (lines: readonly string[]) => Buffer.from(`${lines.join("\n")}\n`);

// The ledger that is tampered with: 61 entries in batches of one to six, some of several entries of one request.
const batches = [1, 3, 2, 6, 1, 4, 5, 2, 1, 6, 3, 4, 6, 2, 1, 5, 3, 6];
const ends = batches.map((_, i) => batches.slice(0, i + 1).reduce((sum, one) => sum + one, 0));
const total = ends.at(-1) ?? 0;
const batchOf = (i: number, of: readonly number[] = ends) => ({ from: of.filter((end) => end <= i).at(-1) ?? 0, to: (of.find((end) => end > i) ?? total) - 1 });
const entries = link(Array.from({ length: total }, (_, i) => factOf(i, Math.floor(i * 0.7))));
const texts = entries.map(canonical);
const leaves = texts.map(leafOf);
const notes = new Map(ends.map((end) => [end, noteOf(house, texts, end)]));
const lines = [headerOf(house, total), ...linesOf(texts, notes)];
const lineOfEntry = (i: number) => 1 + i + ends.filter((end) => end <= i).length;
const lineOfCheckpoint = (end: number) => lineOfEntry(end - 1) + 1;

// ── The program, alone in an empty folder ───────────────────────────────────────────────────────────────────────────

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "handshake-verify-"));
  cpSync(path.join(import.meta.dirname, "handshake-verify.mjs"), path.join(folder, "handshake-verify.mjs"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Verdict = { readonly text: string; readonly valid: boolean; readonly notValid: boolean; readonly from: number; readonly to: number };

function run(args: readonly string[], input: string | Buffer = "") {
  return spawnSync(process.execPath, ["handshake-verify.mjs", ...args], { cwd: folder, env: { NODE_ENV: "production" }, encoding: "utf8", input, maxBuffer: 2 ** 26 });
}

/** Verifies many files in one run; what was said about each, and the exit code. */
function verify(files: readonly (string | Buffer)[], ...args: string[]): { verdicts: Verdict[]; code: number | null } {
  const names = files.map((_, i) => `file-${i}`);
  files.forEach((content, i) => writeFileSync(path.join(folder, `file-${i}`), content));
  const { stdout, stderr, status } = run([...names, "missing", ...args]);
  expect(stderr).toBe("");
  const blocks = stdout.split(/^(?:file-\d+|missing):\n/m).slice(1);
  expect(blocks.pop()).toBe("Cannot be read: it cannot be opened (ENOENT)\n");
  expect(blocks).toHaveLength(files.length);
  return { verdicts: blocks.map(verdictOf), code: status };
}

function verdictOf(text: string): Verdict {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const [, entry, from, to] = /^NOT VALID: entry (\d+)(?:: it is the first that nothing vouches for \((\d+) … (\d+)\))?/.exec(last) ?? [];
  if (from !== undefined) expect(from).toBe(entry);
  return { text, valid: last === "Valid.", notValid: last.startsWith("NOT VALID: "), from: Number(from ?? entry ?? Number.NaN), to: Number(to ?? entry ?? Number.NaN) };
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
const tlogProof = (index: number, hashes: readonly Buffer[], note: string) => `c2sp.org/tlog-proof@v1\n${[`index ${index}`, ...hashes.map((one) => one.toString("base64"))].join("\n")}\n\n${note}`;
const receiptOf = (index: number, size: number) => ({
  format: "handshake-receipt",
  v: 1,
  key: house.vkey,
  entry: texts[index],
  proof: tlogProof(index, inclusionOf(index, leaves.slice(0, size)), noteOf(house, texts, size)),
  shown: entries[index]?.shown === undefined ? null : shownOf(index),
  person: entries[index]?.identity === undefined ? null : { identity: personOf(index), salt: saltOf(index).toString("hex") },
});
const consistencyFile = (key: Key, hashes: readonly Buffer[], m: number, n: number) => ({
  format: "handshake-consistency",
  v: 1,
  key: key.vkey,
  older: key.note(m, rootOf(hashes.slice(0, m))),
  newer: key.note(n, rootOf(hashes.slice(0, n))),
  proof: m === 0 ? [] : consistencyOf(m, hashes.slice(0, n)).map((one) => one.toString("base64")),
});

vi.setConfig({ testTimeout: 60_000 });

describe("the verifier", () => {
  it("is one file that needs nothing but Node", () => {
    const source = readFileSync(path.join(folder, "handshake-verify.mjs"), "utf8");
    expect([...source.matchAll(/\bfrom "([^"]+)"/g)].map(([, name]) => name).sort()).toEqual(["node:crypto", "node:fs", "node:path", "node:process"]);
    expect(source).not.toMatch(/\bimport\(|\brequire\b|\bfetch\b|process\.env/);
  });

  it("says how it is called, and takes a wrong call for no pass", () => {
    expect(run(["--help"])).toMatchObject({ status: 0, stdout: expect.stringContaining("--witness") });
    expect(run(["--version"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^handshake-verify \d/) });
    for (const args of [[], ["--fast", "x"], ["x", "--key"], ["x", "--key", "nonsense"], ["x", "--witness="]]) expect(run(args), args.join(" ")).toMatchObject({ status: 2, stdout: "" });
  });

  it("cannot read what is none of its files, nor a version it does not know", () => {
    const { verdicts, code } = verify(["", "{}", "[1]", "hello", "\u0000", Buffer.from([0xff, 0xfe]), json({ ...receiptOf(3, 9), v: 2 }), lines.join("\n").replace('"v":1', '"v":2'), "[".repeat(100_000)]);
    expect(code).toBe(2);
    for (const { text } of verdicts) expect(text).toMatch(/^Cannot be read: /);
    const endless = verify(["x".repeat(5_000_000), `${lines[0]}\n${"x".repeat(5_000_000)}`]).verdicts;
    for (const { text } of endless) expect(text).toBe("Cannot be read: it is too large, or has a line that is\n");
  });
});

describe("a receipt", () => {
  it("says in plain words who answered what, when, and where it stands", () => {
    writeFileSync(path.join(folder, "receipt.json"), `${json(receiptOf(4, 9))}\n`);
    const { stdout, status } = run(["receipt.json"]);
    expect(status).toBe(0);
    for (const words of ["6fdc7b8a-9a5b-4f6e-8f7c-0a1b2c3d4e5f", "Anna Müller, anna4@example.com, reference C-4", "granted – the data use “bike-interest”, version 2", "21 November 2026", "20:14:03 UTC", "entry 4", "9 entries", house.name, house.vkey, "“Bikes”", "came from the file itself"]) {
      expect(stdout).toContain(words);
    }
    expect(stdout).toMatch(/\nValid\.\n$/);
    expect(run(["receipt.json", "--key", house.vkey]).stdout).toContain("the key that you gave");
    expect(run([`--key=${stranger.vkey}`, "receipt.json"])).toMatchObject({ status: 1, stdout: expect.stringContaining("NOT VALID: it is signed with another key") });
  });

  it("is valid at every place in a ledger of every size, with the paths that another library gives", () => {
    const files = [];
    for (let size = 1; size <= 26; size++) {
      const tree = new MerkleTree(leaves.slice(0, size), (data: Buffer) => sha256("\x01", data));
      expect(tree.getRoot()).toEqual(rootOf(leaves.slice(0, size)));
      for (let index = 0; index < size; index++) {
        const hashes = tree.getProof(leaves[index] ?? "", index).map(({ data }) => data);
        files.push(json({ ...receiptOf(index, size), proof: tlogProof(index, hashes, noteOf(house, texts, size)) }));
      }
    }
    expect(verify(files).verdicts.filter(({ valid }) => !valid)).toEqual([]);
  });

  it("says how far an answer reaches, who gave it for whom, and what it does not prove", () => {
    const guardian = { identity: canonical({ name: "Ines Berg", ref: null, relation: "mother" }), salt: saltOf(1).toString("hex") };
    const commitment = sha256(saltOf(1), guardian.identity).toString("hex");
    const { v: _, ...first } = entries[0] ?? {};
    const told = (more: Body, extra: Body = {}) => {
      const text = canonical({ ...first, v: 3, answer: "granted", ...more });
      return json({ ...receiptOf(0, 1), entry: text, proof: tlogProof(0, [], noteOf(house, [text], 1)), ...extra });
    };
    const { verdicts } = verify([
      told({ answer: "refused", version: 2, keeps: 1 }),
      told({ expiresAt: "2027-03-03T00:00:00.000Z", once: true }),
      told({ guardian: commitment }, { guardian }),
      told({ guardian: commitment }),
      told({ shown: null, imported: { source: "The old shop", answeredAt: "2024-03-03T00:00:00.000Z" } }, { shown: null }),
      told({ guardian: sha256("other").toString("hex") }, { guardian }),
      told({}, { guardian }),
      told({ guardian: commitment }, { guardian: { ...guardian, identity: canonical({ name: "Ines Berg", relation: "mother" }) } }),
    ]);
    const said = ["refused – the data use “bike-interest”, version 2; the permission for version 1 stands", "until 3 March 2027 at 00:00:00 UTC, for one time", "Ines Berg, mother", "somebody who answers for the person (not named", "“The old shop”, which says it was answered there on 3 March 2024"];
    said.forEach((words, i) => expect(verdicts[i]?.text).toContain(words));
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, true, true, true, false, false, false]);
  });

  it("may leave the person unnamed, and be of any kind of entry", () => {
    const { verdicts } = verify([json({ ...receiptOf(4, 9), person: null }), json(receiptOf(2, 9)), json(receiptOf(3, 61))]);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, true]);
    expect(verdicts[0]?.text).toContain("not named in this receipt");
  });

  it("cannot make the terminal say something else", () => {
    const identity = canonical({ email: "\u001b[2J\nValid.\n", name: null, ref: "x".repeat(5000) });
    const text = canonical({ ...entries[0], identity: sha256(saltOf(0), identity).toString("hex"), answer: "granted\nValid.\n" });
    const file = { ...receiptOf(0, 1), entry: text, proof: tlogProof(0, [], noteOf(house, [text], 1)), person: { identity, salt: saltOf(0).toString("hex") } };
    const said = verify([json(file)]).verdicts[0]?.text ?? "";
    expect(said.match(/^Valid\.$/gm)).toHaveLength(1);
    expect(said).not.toMatch(/\u001b|x{400}/);
  });

  it("with a part of another, or with a field too many or too few, is not valid", () => {
    const [own, other] = [receiptOf(4, 9), receiptOf(5, 9)];
    const proof = own.proof;
    const forged = [
      { ...own, entry: other.entry },
      { ...own, proof: other.proof },
      { ...own, proof: receiptOf(4, 12).proof.replace(/\n\n[^]*/, proof.slice(proof.indexOf("\n\n"))) },
      { ...own, shown: other.shown },
      { ...own, shown: null },
      { ...receiptOf(2, 9), shown: shownOf(2) },
      { ...own, person: other.person },
      { ...own, person: { ...own.person, salt: saltOf(5).toString("hex") } },
      { ...own, person: { ...own.person, salt: `${own.person?.salt}zz` } },
      { ...own, person: { ...own.person, salt: own.person?.salt.toUpperCase() } },
      { ...own, person: { ...own.person, note: "" } },
      { ...receiptOf(2, 9), person: own.person },
      { ...own, key: stranger.vkey },
      { ...own, key: house.vkey.replace(/\+[0-9a-f]{8}\+/, "+00000000+") },
      { ...own, note: "" },
      { ...own, person: undefined },
      { ...own, entry: (texts[4] ?? "").replace('"granted"', '"refused"') },
      { ...own, entry: ` ${texts[4]}` },
      { ...own, proof: proof.replace("index 4", "index 04") },
      { ...own, proof: proof.replace("tlog-proof@v1", "tlog-proof@v2") },
      { ...own, proof: proof.replace(/\n\n[^]*/, `\n\n${noteOf(stranger, texts, 9)}`) },
      { ...own, proof: proof.replace(/\n\n[^]*/, `\n\n${house.note(9, rootOf(leaves.slice(0, 9)), "other.example")}`) },
      { ...own, proof: proof.replace(/\n\n[^]*/, "") },
      { ...own, proof: proof.replace(/\n\n/, `\n${"A".repeat(43)}=\n\n`) },
    ].map(json);
    const twice = [json(own).replace('"format"', '"key": "x",\n  "format"'), json(own).replace('"salt"', '"salt": "",\n    "salt"')];
    const { verdicts, code } = verify([...forged, ...twice, json(own)]);
    expect(code).toBe(1);
    expect(verdicts.filter(({ notValid }) => !notValid).map(({ text }) => text)).toEqual([verdicts.at(-1)?.text]);
    expect(verdicts.at(-1)?.valid).toBe(true);
  });

  it("is not valid under a signed checkpoint of a size that its root has not", () => {
    const whole = rootOf(leaves.slice(0, 8));
    const under = (index: number, size: number, root: Buffer, hashes: readonly Buffer[]) => json({ ...receiptOf(index, 61), proof: tlogProof(index, hashes, house.note(size, root)) });
    const first = leaves[0] ?? whole;
    const { verdicts } = verify([
      under(4, 8, whole, inclusionOf(4, leaves.slice(0, 8))),
      under(4, 9, whole, inclusionOf(4, leaves.slice(0, 8))),
      under(1, 1, leaves[1] ?? whole, []),
      under(0, 1, nodeOf(whole, first), [whole]),
      under(0, 1, nodeOf(first, whole), [whole]),
      under(0, 2, nodeOf(whole, nodeOf(first, whole)), [whole, whole]),
    ]);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, false, false, false, false, false]);
  });

  it("in which any byte was changed is not valid, unless it says the same", () => {
    const original = Buffer.from(json(receiptOf(4, 9)));
    const changes = fc.sample(fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 })), { seed, numRuns: 200 });
    const files = changes.map(([place, difference]) => Buffer.from(original.map((byte, i) => (i === place ? (byte + difference) % 256 : byte))));
    verify(files).verdicts.forEach(({ valid }, i) => expect(valid, files[i]?.toString()).toBe(isSame(files[i])));

    function isSame(file: Buffer | undefined): boolean {
      try {
        return canonical(JSON.parse(file?.toString() ?? "")) === canonical(receiptOf(4, 9));
      } catch {
        return false;
      }
    }
  });
});

describe("an entry", () => {
  /** Receipts of ledgers of one entry, with this text. */
  const alone = (text: string) => json({ format: "handshake-receipt", v: 1, key: house.vkey, entry: text, proof: tlogProof(0, [], house.note(1, rootOf([leafOf(text)]))), shown: null, person: null });
  const envelope = { index: 0, at: "2026-11-21T20:14:03.000Z", previous: nothingBefore, by: { house: true }, kind: "settings-changed", v: 1 };

  it("is read in its canonical form, as another library writes it", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: "binary", maxLength: 12 }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(fc.string({ unit: "binary", maxLength: 6 }).filter((name) => name !== "__proto__"), tie("value"), { maxKeys: 4 })),
    })).value;
    const files = fc.sample(value, { seed, numRuns: 150 }).map((changes) => alone(canonical({ ...envelope, changes })));
    expect(verify(files).verdicts.filter(({ valid }) => !valid)).toEqual([]);
  });

  it("is not valid in any other form, though it be signed so", () => {
    const text = canonical({ ...envelope, changes: { a: "é/\"\n", b: [1, { c: null }], d: {} } });
    const [before, after] = ["\\n", ',"b":'].map((part) => text.indexOf(part));
    expect([before, after]).not.toContain(-1);
    const others = [
      ["{", "{ "], ["}", " }"], [":", ": "], [",", ", "], ['"a"', '"\\u0061"'], ["é", "\\u00e9"], ["/", "\\/"], ["\\n", "\\u000a"], ["\\n", "\n"], ["1,", "1.0,"], ["1,", "01,"], ["1,", "-0,"], ["1,", "1e0,"], ["1,", "+1,"],
      ["1,", "9007199254740993,"], ["1,", "0.5,"], ["1,", "NaN,"], ["1,", ","], ["null", "nul"], ["null", "undefined"], ['"by"', '"zy"'], ['"d":{}', '"d":{},"d":{}'], ['"d":{}', '"a":{}'], ['"d":{}', '"d":{},'], ['"d":{}', '"d":{'], ['"d":{}', '"d":{"__proto__":{}}'],
      ['"d":{}', `"d":${"[".repeat(50)}${"]".repeat(50)}`], ['"d":{}', '"d":"\\ud800"'], ['"d":{}', '"d":"\ud800"'], ['"d":{}', '"d":"\\'], ["{}", '"'], ["é", "\\x"],
      ['"index":0', '"index":-1'], ['"index":0', '"index":"0"'], ["2026-11-21T", "2026-11-21 "], ["00000000", "0000000"], ['{"house":true}', '"house"'], ['"v":1', '"v":null'], ['"kind":', '"king":'],
    ] as const;
    const files = [text, ...others.map(([from, to]) => text.replace(from, to))];
    expect(new Set(files).size).toBe(files.length);
    const { verdicts } = verify([...files, "null", "7", "[]", "{}", '""', "", `${text}\n`, `\ufeff${text}`].map(alone));
    expect(verdicts.map(({ valid, notValid }, i) => ({ text: files[i], valid, notValid })).filter(({ notValid }) => !notValid)).toEqual([{ text, valid: true, notValid: false }]);
  });

  it("of the first shape names no log; one that names another is not valid", () => {
    const { verdicts } = verify([alone(canonical(envelope)), alone(canonical({ ...envelope, log: house.name })), alone(canonical({ ...envelope, log: "other.example" })), alone(canonical({ ...envelope, request: "x" }))]);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, false, false]);
  });
});

describe("a consistency file", () => {
  it("is valid for every two sizes, and no other proof is", () => {
    const good: string[] = [];
    const bad: string[] = [];
    for (let n = 0; n <= 13; n++) {
      for (let m = 0; m <= n; m++) {
        const file = consistencyFile(house, leaves, m, n);
        good.push(json(file));
        if (m === 0 || m === n) continue;
        const other = [...leaves.slice(0, m - 1), leafOf("other"), ...leaves.slice(m)];
        bad.push(json({ ...file, newer: consistencyFile(house, other, m, n).newer }), json({ ...consistencyFile(house, other, m, n), older: file.older }), json({ ...file, older: file.newer, newer: file.older }));
        bad.push(json({ ...file, proof: file.proof.slice(1) }), json({ ...file, proof: [...file.proof, file.proof[0]] }));
      }
    }
    expect(verify(good).verdicts.filter(({ valid }) => !valid)).toEqual([]);
    const { verdicts, code } = verify(bad);
    expect(code).toBe(1);
    expect(verdicts.filter(({ notValid }) => !notValid)).toEqual([]);
  });

  it("is not valid where a size is not its root's, or a proof too long", () => {
    const file = (m: number, older: Buffer, n: number, newer: Buffer, proof: readonly Buffer[]) => json({ ...consistencyFile(house, leaves, 1, 1), older: house.note(m, older), newer: house.note(n, newer), proof: proof.map((one) => one.toString("base64")) });
    const [none, three, six, eight] = [0, 3, 6, 8].map((size) => rootOf(leaves.slice(0, size))) as [Buffer, Buffer, Buffer, Buffer];
    const proof = consistencyOf(3, leaves.slice(0, 6));
    const forged = [
      file(3, three, 9, six, proof),
      file(3, three, 4, six, proof),
      file(3, three, 6, nodeOf(eight, six), [...proof, eight]),
      file(0, three, 6, six, []),
      file(0, none, 6, six, [six]),
      file(6, six, 6, six, [six]),
      file(6, six, 6, eight, []),
      file(3, three, 6, six, []),
      file(4, rootOf(leaves.slice(0, 4)), 6, rootOf(leaves.slice(0, 4)), []),
      json({ ...consistencyFile(keyOf("house", "handshake.example", Buffer.alloc(4)), leaves, 3, 6) }),
    ];
    const { verdicts } = verify([file(3, three, 6, six, proof), file(0, none, 6, six, []), file(6, six, 6, six, []), ...forged, file(6, six, 3, three, proof)]);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, true, ...forged.map(() => false), false]);
    expect(verdicts.at(-1)?.text).toContain("the older checkpoint has more entries (6) than the newer one (3)");
  });

  it("holds the known roots of RFC 6962's reference trees", () => {
    const known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((data) => leafOf(Buffer.from(data, "hex")));
    const roots = new Map([[1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"], [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"], [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]]);
    const note = (size: number) => house.note(size, Buffer.from(roots.get(size) ?? "", "hex"));
    const pairs = [[1, 7], [1, 8], [7, 8]] as const;
    expect(verify(pairs.map(([m, n]) => json({ ...consistencyFile(house, known, m, n), older: note(m), newer: note(n) }))).verdicts.map(({ valid }) => valid)).toEqual([true, true, true]);
  });

  it("accepts the known signature of C2SP's signed notes, and no other", () => {
    const key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    const note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    const file = { format: "handshake-consistency", v: 1, key, older: note, newer: note, proof: [] };
    const { verdicts } = verify([json(file), json({ ...file, older: note.replace("example m", "example M") }), json({ ...file, older: note.replace("IneyaQM", "IneyaQN") })]);
    // It is no checkpoint; that this is the fault means that the signature was right.
    expect(verdicts.map(({ text }) => text)).toEqual(["what was signed is not a checkpoint", "the checkpoint's signature does not fit its text", "the checkpoint's signature does not fit its text"].map((why) => `NOT VALID: older: ${why}\n`));
  });

  it("takes notes that others signed too, and needs the signature of its own key", () => {
    const file = consistencyFile(house, leaves, 3, 5);
    const [mine, others] = [file.newer, stranger.note(5, rootOf(leaves.slice(0, 5)))].map((note) => note.slice(note.indexOf("\n\n") + 2));
    const text = file.newer.slice(0, file.newer.indexOf("\n\n") + 2);
    const { verdicts } = verify([`${text}${others}${mine}`, `${text}${mine}${others}`, `${text}${others}`, `${text}${mine}rubbish\n`, text, `${text}${mine}`.trimEnd()].map((newer) => json({ ...file, newer })));
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, false, false, false, false]);
  });
});

// ── Exports ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A changed export: where it first differs, and what has to be named (nothing: no entry is wrong). */
type Tampering = { readonly what: string; readonly file: Buffer; readonly first: number | null; readonly named: readonly { readonly from: number; readonly to: number }[] };
type Dice = { readonly a: number; readonly b: number; readonly c: number };

const exactly = (i: number) => [{ from: i, to: i }];
const changed = (i: number): Body => ({ ...entries[i], channel: "forged", by: { house: true } });
/** Changed where they stand: the next entry's link tells, except where the last of all is one of them. */
function namedInPlace(places: readonly number[]) {
  const first = Math.min(...places);
  return places.includes(total - 1) && batchOf(first).to === total - 1 ? [batchOf(first)] : exactly(first);
}
/** The batch of an entry that is gone, which may have lost its end, its beginning or all of it. */
const around = (i: number) => [batchOf(i).from, batchOf(Math.max(i - 1, 0)).from].flatMap((from) => [-1, 0, batchOf(batchOf(i).to + 1).to - batchOf(i).to].map((more) => ({ from, to: batchOf(i).to + more })));
const withLine = (place: number, ...others: string[]) => lines.flatMap((line, i) => (i === place ? others : [line]));
const withEntries = (changedEntries: readonly Body[], kept: ReadonlyMap<number, string> = notes) => fileOf([headerOf(house, total), ...linesOf(changedEntries.map(canonical), kept)]);
const editByte = (line: string, { b, c }: Dice) => {
  const bytes = Buffer.from(line);
  const place = b % bytes.length;
  bytes[place] = ((bytes[place] ?? 0) + 1 + (c % 255)) % 256;
  return bytes;
};
const joined = (all: readonly string[], place: number, bytes: Buffer) => Buffer.concat(all.flatMap((line, i) => [i === place ? bytes : Buffer.from(line), Buffer.from("\n")]));

const tamperings: Readonly<Record<string, (dice: Dice) => Omit<Tampering, "what">>> = {
  "a byte of an entry is edited": (dice) => {
    const i = dice.a % total;
    return { file: joined(lines, lineOfEntry(i), editByte(texts[i] ?? "", dice)), first: i, named: [...exactly(i), ...namedInPlace([i])] };
  },
  "a value of an entry is edited": ({ a }) => {
    const i = a % total;
    return { file: withEntries(entries.map((entry, k) => (k === i ? changed(i) : entry))), first: i, named: namedInPlace([i]) };
  },
  "two entries are edited": ({ a, b }) => {
    const places = [a % total, b % 2 ? Math.min((a % total) + 1, total - 1) : b % total];
    return { file: withEntries(entries.map((entry, k) => (places.includes(k) ? changed(k) : entry))), first: Math.min(...places), named: namedInPlace(places) };
  },
  "a link is edited": ({ a, b }) => {
    const i = a % total;
    return { file: withEntries(entries.map((entry, k) => (k === i ? { ...entry, previous: sha256(String(b)).toString("hex") } : entry))), first: i, named: namedInPlace([i]) };
  },
  "an entry is deleted": ({ a }) => ({ file: fileOf(withLine(lineOfEntry(a % total))), first: a % total, named: namedInPlace([a % total]) }),
  "two entries change places": ({ a, b }) => {
    const [i, j] = [a % total, (a + 1 + (b % (total - 1))) % total];
    const swapped = entries.map((entry, k) => (k === i ? entries[j] : k === j ? entries[i] : entry) ?? {});
    return { file: withEntries(swapped), first: Math.min(i, j), named: exactly(Math.min(i, j)) };
  },
  "an entry stands there twice": ({ a, b }) => {
    const i = a % total;
    const before = i + 1 + (b % (total - i));
    const file = before === total ? withLine(lineOfEntry(total - 1), texts[total - 1] ?? "", texts[i] ?? "") : withLine(lineOfEntry(before), texts[i] ?? "", texts[before] ?? "");
    return { file: fileOf(file), first: before, named: exactly(before) };
  },
  "the end is cut off": ({ a }) => {
    const [whole, header] = [fileOf(lines), (lines[0] ?? "").length + 1];
    const file = whole.subarray(0, header + (a % (whole.length - header)));
    const left = file.toString().split("\n").slice(1, -1).filter((line) => !line.startsWith('{"checkpoint"')).length;
    return { file, first: left, named: left === total ? [batchOf(total - 1)] : exactly(left) };
  },
  "everything from an entry on is written anew, with its links": ({ a }) => {
    const i = a % total;
    return { file: withEntries(link(entries.map((entry, k) => (k === i ? changed(i) : entry)), i + 1)), first: i, named: [batchOf(i)] };
  },
  "a stretch of entries is written anew, with its links": ({ a, b }) => {
    const i = a % (total - 2);
    const to = i + 2 + (b % Math.min(9, total - i - 2));
    return { file: withEntries(link(entries.map((entry, k) => (k === i ? changed(i) : entry)), i + 1, to)), first: i, named: [batchOf(i)] };
  },
  "an entry is removed and the others are numbered and linked anew": ({ a, b }) => {
    const i = a % total;
    const fewer = link(entries.filter((_, k) => k !== i), i);
    const body = linesOf(fewer.map(canonical), b % 2 ? notes : new Map([...notes].map(([size, note]) => [size > i ? size - 1 : size, note])));
    return { file: fileOf([headerOf(house, total - 1), ...body]), first: i, named: around(i) };
  },
  "an entry is removed, the others are renumbered, and the links are left": ({ a }) => {
    const i = a % (total - 1);
    const fewer = entries.filter((_, k) => k !== i).map((entry, k) => ({ ...entry, index: k }));
    return { file: fileOf([headerOf(house, total), ...linesOf(fewer.map(canonical), notes)]), first: i, named: around(i) };
  },
  "everything is written anew and signed with another key": ({ a }) => {
    const i = a % total;
    const forged = link(entries.map((entry, k) => (k === i ? changed(i) : entry)), i + 1);
    return { file: withEntries(forged, new Map(ends.map((end) => [end, end <= i ? (notes.get(end) ?? "") : noteOf(stranger, forged.map(canonical), end)]))), first: i, named: [batchOf(i)] };
  },
  "everything is written anew under a key of its own": ({ a }) => {
    const i = a % total;
    const forged = link(entries.map((entry, k) => (k === i ? changed(i) : entry)), i + 1).map(canonical);
    return { file: fileOf([headerOf(stranger, total), ...linesOf(forged, new Map(ends.map((end) => [end, noteOf(stranger, forged, end)])))]), first: i, named: [] };
  },
  "the last checkpoint is dropped": () => ({ file: fileOf(lines.slice(0, -1)), first: null, named: [batchOf(total - 1)] }),
  "checkpoints are dropped and entries are written anew": ({ a, b }) => {
    const i = a % total;
    const kept = ends.filter((end, k) => end === total || (b >> k) % 2 === 1);
    return { file: withEntries(link(entries.map((entry, k) => (k === i ? changed(i) : entry)), i + 1), new Map(kept.map((end) => [end, notes.get(end) ?? ""]))), first: i, named: [batchOf(i, kept)] };
  },
  "a byte of a checkpoint is edited": (dice) => {
    const end = ends[dice.a % ends.length] ?? total;
    const place = lineOfCheckpoint(end);
    return { file: joined(lines, place, editByte(lines[place] ?? "", dice)), first: null, named: [batchOf(end - 1), ...exactly(end)] };
  },
  "two checkpoints change places": ({ a, b }) => {
    const [i, j] = [a % ends.length, (a + 1 + (b % (ends.length - 1))) % ends.length].map((k) => ends[k] ?? total) as [number, number];
    const swapped = new Map([...notes, [i, notes.get(j) ?? ""], [j, notes.get(i) ?? ""]]);
    return { file: withEntries(entries, swapped), first: null, named: [{ from: batchOf(Math.min(i, j) - 1).from, to: Math.max(i, j) - 1 }] };
  },
  "a checkpoint stands there twice": ({ a }) => {
    const place = lineOfCheckpoint(ends[a % ends.length] ?? total);
    return { file: fileOf(withLine(place, lines[place] ?? "", lines[place] ?? "")), first: null, named: [] };
  },
  "a byte of the first line is edited": (dice) => ({ file: joined(lines, 0, editByte(lines[0] ?? "", dice)), first: null, named: [] }),
};

function tamper(numRuns: number): Tampering[] {
  const dice = fc.record({ what: fc.constantFrom(...Object.keys(tamperings)), a: fc.nat(), b: fc.nat(), c: fc.nat() });
  return fc.sample(dice, { seed, numRuns }).flatMap(({ what, ...numbers }) => {
    const made = tamperings[what]?.(numbers);
    return made === undefined ? [] : [{ what, ...made }];
  });
}

describe("an export", () => {
  it("is valid as it was written, from a file and from standard input", () => {
    const alone = verify([fileOf(lines)]).verdicts[0];
    expect(alone?.valid).toBe(true);
    for (const words of [house.name, house.vkey, `${total} entries`, `${ends.length} checkpoints`, "21 November 2026"]) expect(alone?.text).toContain(words);
    expect(run(["-", "--key", house.vkey], fileOf(lines))).toMatchObject({ status: 0, stdout: expect.stringMatching(/key that you gave\.\nValid\.\n$/) });
    expect(verify([`${fileOf(lines).toString()}and more`]).verdicts[0]?.text).toContain("does not end with a checkpoint");
    expect(verify([fileOf([headerOf(house, 55), ...lines.slice(1)])]).verdicts[0]?.text).toContain("NOT VALID: entry 55: there should be only 55 entries");
    const fewer = new Map([...notes].filter(([end]) => end === total));
    const empty = [headerOf(house, 0), JSON.stringify({ checkpoint: house.note(0, sha256()) })];
    expect(verify([withEntries(entries, fewer), fileOf(empty), fileOf(empty.slice(0, 1))]).verdicts.map(({ valid }) => valid)).toEqual([true, true, false]);
  });

  it("that was tampered with is not valid, and the first bad entry is named", () => {
    const all = tamper(480);
    expect(new Set(all.map(({ what }) => what)).size).toBe(Object.keys(tamperings).length);
    const { verdicts, code } = verify([...all.map(({ file }) => file), fileOf(lines)], "--key", house.vkey);
    expect(code).toBe(1);
    expect(verdicts.pop()?.valid).toBe(true);
    const missed = all.filter(({ named }, i) => {
      const { from, to, valid, notValid } = verdicts[i] ?? { valid: true };
      return valid || (named.length > 0 && (!notValid || !named.some((one) => one.from === from && one.to === to)));
    });
    expect(missed.map(({ what, first, named }) => ({ what, first, named, said: verdicts[all.findIndex((one) => one.what === what && one.first === first)]?.text }))).toEqual([]);
  });

  it("with a checkpoint of a size that its root has not is not valid", () => {
    const under = (place: number, size: number) => withEntries(entries, new Map([...notes, [place, house.note(size, rootOf(leaves.slice(0, place)))]]));
    expect(verify([under(4, 4), under(4, 5), under(4, 3), under(total, total + 1), under(total, total - 1)]).verdicts.map(({ valid }) => valid)).toEqual([true, false, false, false, false]);
  });

  it("in which every entry was changed takes no longer", () => {
    const { verdicts } = verify([withEntries(entries.map((_, i) => changed(i)), new Map([[total, notes.get(total) ?? ""]]))]);
    expect(verdicts[0]).toMatchObject({ notValid: true, from: 0, to: total - 1 });
  });

  it("in bytes that only look like the text that was signed is not valid", () => {
    const signed = link([{ ...entries[0], channel: "\ufffd" }]).map(canonical);
    const bytes = fileOf([headerOf(house, 1), ...linesOf(signed, new Map([[1, noteOf(house, signed, 1)]]))]);
    const place = bytes.indexOf("\ufffd");
    const { verdicts } = verify([bytes, Buffer.concat([bytes.subarray(0, place), Buffer.of(0xff), bytes.subarray(place + 3)])]);
    expect(verdicts.map(({ valid, from }) => ({ valid, from }))).toEqual([{ valid: true, from: Number.NaN }, { valid: false, from: 0 }]);
  });

  it("whose writer broke the ledger's rules is not valid, though it be signed", () => {
    const broken = (i: number, change: Body) => {
      const forged = link(entries.map((entry, k) => (k === i ? { ...entry, ...change } : entry))).map((entry, k) => (k === i ? { ...entry, ...change } : entry));
      const relinked = link(forged, i + 1).map(canonical);
      return fileOf([headerOf(house, total), ...linesOf(relinked, new Map(ends.map((end) => [end, noteOf(house, relinked, end)])))]);
    };
    const early = "2020-01-01T00:00:00.000Z";
    const { verdicts } = verify([broken(7, { at: early }), broken(8, { previous: nothingBefore }), broken(9, { request: entries[7]?.request }), broken(11, { index: 12 }), broken(0, { previous: "1".repeat(64) }), broken(14, { log: "other.example" })]);
    expect(verdicts.map(({ notValid, from, to }) => ({ notValid, from, to }))).toEqual([7, 8, 9, 11, 0, 14].map((from) => ({ notValid: true, from, to: from })));
  });
});

// ── Witness ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Leaves what a house leaves outside: checkpoints at these sizes, tiles of the leaves of the largest. */
function writeWitness(name: string, key: Key, hashes: readonly Buffer[], sizes: readonly number[]): string {
  const own = path.join(folder, name);
  mkdirSync(path.join(own, "checkpoints"), { recursive: true });
  mkdirSync(path.join(own, "tile/0"), { recursive: true });
  for (const size of sizes) {
    const note = key.note(size, rootOf(hashes.slice(0, size)));
    for (const file of [`checkpoints/${String(size).padStart(20, "0")}`, "checkpoint"]) writeFileSync(path.join(own, file), note);
    const [tile, width] = [Math.floor(size / 256), size % 256];
    for (let number = 0; number < tile; number++) writeFileSync(path.join(own, "tile/0", String(number).padStart(3, "0")), Buffer.concat(hashes.slice(number * 256, number * 256 + 256)));
    if (width === 0) continue;
    mkdirSync(path.join(own, `tile/0/${String(tile).padStart(3, "0")}.p`), { recursive: true });
    writeFileSync(path.join(own, `tile/0/${String(tile).padStart(3, "0")}.p/${width}`), Buffer.concat(hashes.slice(tile * 256, size)));
  }
  return name;
}

describe("with a witness", () => {
  const seen = ends[11] ?? 0;

  it("the very first differing entry is named, whatever else was written anew", () => {
    const all = tamper(400).filter(({ first }) => first !== null && first < seen);
    expect(all.length).toBeGreaterThan(120);
    const files = [...all.map(({ file }) => file), fileOf(lines)];
    // Without a key of one's own, a ledger under another key is found by the witness alone.
    const { verdicts, code } = verify(files, "--witness", writeWitness("kept", house, leaves, ends.filter((end) => end <= seen)));
    expect(code).toBe(1);
    expect(verdicts.pop()?.text).toContain(`it holds ${seen} of the entries, and 12 checkpoints.`);
    const missed = all.map(({ what, first }, i) => ({ what, first, said: verdicts[i]?.text, right: verdicts[i]?.from === first && verdicts[i]?.to === first })).filter(({ right }) => !right);
    expect(missed).toEqual([]);
  });

  it("what it saw is not doubted, where nothing else vouches for it", () => {
    const forged = link(entries.map((entry, k) => (k === seen + 3 ? changed(k) : entry)), seen + 4);
    const { verdicts } = verify([withEntries(forged, new Map([[total, notes.get(total) ?? ""]]))], "--witness", writeWitness("some", house, leaves, [seen]));
    expect(verdicts[0]).toMatchObject({ notValid: true, from: seen, to: total - 1 });
  });

  it("a ledger that was set back is found, which alone looks valid", () => {
    const older = fileOf([headerOf(house, 22), ...linesOf(texts.slice(0, 22), notes)]);
    expect(verify([older], "--key", house.vkey).verdicts[0]?.valid).toBe(true);
    expect(verify([older], "--witness", writeWitness("newer", house, leaves, [22, 24])).verdicts[0]?.text).toMatch(/^NOT VALID: entry 22: it is missing; the witness holds 24 entries/m);
  });

  it("the same entries under another key are not valid", () => {
    const file = fileOf([headerOf(stranger, total), ...linesOf(texts, new Map(ends.map((end) => [end, noteOf(stranger, texts, end)])))]).toString().replaceAll(`"log":"${stranger.name}"`, `"log":"${house.name}"`);
    expect(verify([file]).verdicts[0]?.valid).toBe(true);
    expect(verify([file], "--witness", writeWitness("true", house, leaves, ends)).verdicts[0]?.text).toContain("NOT VALID: the witness's checkpoints are not signed with the key in this file");
  });

  it("tiles of several hundred entries are read", () => {
    const many = link(Array.from({ length: 600 }, (_, i) => factOf(i, i))).map(canonical);
    const hashes = many.map(leafOf);
    const manyNotes = new Map([256, 300, 512, 600].map((size) => [size, noteOf(house, many, size)]));
    const forged = many.map((text, i) => (i === 555 ? text.replace('"granted"', '"refused"') : text));
    const file = (body: readonly string[]) => fileOf([headerOf(house, 600), ...linesOf(body, manyNotes)]);
    for (const [name, sizes] of [["few", [256]], ["exact", [256, 512]], ["partial", [300, 600]]] as const) {
      expect(verify([file(many)], "--witness", writeWitness(name, house, hashes, sizes)).verdicts[0]?.valid, name).toBe(true);
    }
    expect(verify([file(forged)], "--witness", "partial").verdicts[0]?.from).toBe(555);
    // The tile grew whole before the next checkpoint was put beside it.
    rmSync(path.join(folder, writeWitness("grown", house, hashes, [300]), "tile/0/001.p"), { recursive: true });
    writeFileSync(path.join(folder, "grown/tile/0/001"), Buffer.concat(hashes.slice(256, 512)));
    expect(verify([file(many)], "--witness", "grown").verdicts[0]?.valid).toBe(true);
  });

  it("a missing or damaged file of the witness is never a pass", () => {
    writeWitness("whole", house, leaves, [10, seen]);
    const files = ["checkpoint", `checkpoints/${"10".padStart(20, "0")}`, `checkpoints/${String(seen).padStart(20, "0")}`, `tile/0/000.p/${seen}`];
    expect(readdirSync(path.join(folder, "whole/tile/0/000.p"))).toHaveLength(2);
    const damages: Record<string, (file: string) => void> = {
      edited: (file) => writeFileSync(file, readFileSync(file).map((byte, i) => (i === 40 ? byte ^ 1 : byte))),
      shortened: (file) => writeFileSync(file, readFileSync(file).subarray(0, -1)),
      swapped: (file) => writeFileSync(file, file.includes("tile") ? randomBytes(seen * 32) : stranger.note(10, rootOf(leaves.slice(0, 10)))),
      removed: (file) => rmSync(file),
      renamed: (file) => cpSync(file, file.replace(/0010$/, "0011")),
    };
    const said: string[] = [];
    for (const [damage, act] of Object.entries(damages)) {
      for (const file of files) {
        // One of several checkpoints that is gone takes nothing away; and only they have a size for a name.
        if ((damage === "removed" && file.startsWith("checkpoints/")) || (damage === "renamed" && !file.endsWith("0010"))) continue;
        rmSync(path.join(folder, "damaged"), { recursive: true, force: true });
        cpSync(path.join(folder, "whole"), path.join(folder, "damaged"), { recursive: true });
        act(path.join(folder, "damaged", file));
        said.push(`${damage} ${file}: ${verify([fileOf(lines)], "--key", house.vkey, "--witness", "damaged").verdicts[0]?.text}`);
      }
    }
    rmSync(path.join(folder, "damaged"), { recursive: true });
    said.push(`no folder: ${verify([fileOf(lines)], "--witness", "damaged").verdicts[0]?.text}`);
    expect(said.filter((one) => !/: Cannot be read: the witness file \S+ is missing, damaged or of another ledger \(.+\)\n$/.test(one))).toEqual([]);
    expect(said.filter((one) => one.includes(`has ${seen * 32 - 1} bytes`))).toHaveLength(1);
    expect(verify([json(receiptOf(4, 9))], "--witness", "whole").verdicts[0]?.text).toMatch(/^Cannot be read: /);
    expect(verify([fileOf(lines)], "--key", house.vkey, "--witness", "whole").verdicts[0]?.valid).toBe(true);
  });
});
