#!/usr/bin/env node
// handshake-verify checks what a Handshake ledger gave out: a receipt, a consistency file or a whole export. It needs no
// network, no database and no other file, and shares no code with the program that writes the ledger: it is a second
// reading of the same public standards, short enough to be read by whoever relies on it.
//
//   1  tree         RFC 6962 and RFC 9162: entries are leaves of a Merkle tree, and its root stands for all of them
//   2  entries      RFC 8785: the one way of writing a JSON value, so that what is read is what was hashed
//   3  signatures   C2SP signed notes: a checkpoint says "so many entries, this root", signed with Ed25519
//   4  receipt and consistency file     5  witness     6  export     7  words     8  command line
//
// Hashes are lower-case hex throughout. NotValid (exit code 1): what was read is not genuine. Unreadable (2): no verdict.
import { createPublicKey, hash, verify } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const version = "handshake-verify 1.0.0, for receipts, consistency files and exports of version 1\n";
const help = `handshake-verify FILE… [--key VKEY] [--witness FOLDER]

FILE       a receipt, a consistency file or an export of a Handshake ledger; - reads it from standard input
--key      the key that the company publishes (name+id+key); without it the key in the file is used, and shown
--witness  a folder of checkpoints and leaf hashes that was kept outside the house; exports are compared with it
--version  the version of this program

Exit code: 0 valid, 1 not valid, 2 cannot be read or called wrongly.
`;
const longest = 4 * 1024 * 1024; // bytes of one line of an export, or of any other file

class NotValid extends Error {}
class Unreadable extends Error {}
const refuse = (why) => { throw new NotValid(why); };
/** What is refused within `read` is told to `tell`, which refuses it in its own words. */
function attempt(read, tell) {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotValid) return tell(error.message);
    throw error;
  }
}
const within = (what, read) => attempt(read, (why) => refuse(`${what}: ${why}`));

// ── 1  Tree ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const sha256 = (data) => hash("sha256", data); // a string is hashed as UTF-8
const leafOf = (text) => sha256(`\0${text}`); // RFC 6962 §2.1: SHA-256(0x00 ‖ entry)
const pair = Buffer.alloc(65, 1);
/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
function nodeOf(left, right) {
  pair.write(left + right, 1, "hex");
  return sha256(pair);
}

/** A tree that only grows, kept as the roots of its complete subtrees, largest first: at most 53 hashes. */
class Tree {
  size = 0;
  peaks = [];
  push(leaf) {
    let node = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeOf(this.peaks.pop(), node);
    this.peaks.push(node);
    this.size += 1;
  }
  root() {
    return this.size === 0 ? sha256("") : this.peaks.reduceRight((right, left) => nodeOf(left, right));
  }
  /** Another tree: this one and one more leaf. */
  with(leaf) {
    const tree = Object.assign(new Tree(), { size: this.size, peaks: [...this.peaks] });
    if (leaf !== null) tree.push(leaf);
    return tree;
  }
}

/** RFC 9162 §2.1.3.2, step by step: does the proof lead from the leaf at `index` to the root of `size` leaves? */
function isIncluded(index, size, leaf, proof, root) {
  let [fn, sn, r] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const p of proof) {
    if (sn === 0n) return false;
    const fromLeft = fn % 2n === 1n || fn === sn;
    r = fromLeft ? nodeOf(p, r) : nodeOf(r, p);
    if (fromLeft) while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && r === root;
}

/** RFC 9162 §2.1.4.2: did the tree of `n` leaves begin as the tree of `m` leaves? Nothing is the beginning of any tree. */
function isConsistent(m, n, proof, oldRoot, newRoot) {
  if (m === 0) return proof.length === 0 && oldRoot === sha256("");
  if (m === n) return proof.length === 0 && oldRoot === newRoot;
  let [fn, sn] = [BigInt(m) - 1n, BigInt(n) - 1n];
  const [first, ...others] = (fn & (fn + 1n)) === 0n ? [oldRoot, ...proof] : proof; // where m is a power of two
  while (fn % 2n === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [first, first];
  for (const c of others) {
    if (sn === 0n) return false;
    const fromLeft = fn % 2n === 1n || fn === sn;
    if (fromLeft) fr = nodeOf(c, fr);
    sr = fromLeft ? nodeOf(c, sr) : nodeOf(sr, c);
    if (fromLeft) while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && fr === oldRoot && sr === newRoot;
}

// ── 2  Entries ──────────────────────────────────────────────────────────────────────────────────────────────────────

// A reader of JSON that takes exactly what RFC 8785 writes and nothing else: no space, names in ascending order of
// their UTF-16 units and each once, strings escaped as ECMAScript does it. Numbers are integers here. The text it is
// given has no lone surrogate: it was UTF-8, or textOf looked at it.
let source = ""; // the text,
let at = 0; // the place in it,
let simple = true; // and that no string in it has an escape
const notCanonical = () => refuse(`it is not in canonical form (RFC 8785) at character ${at + 1}`);
const [quote, colon, comma, braceOpen, braceClose, bracketOpen, bracketClose] = Array.from('":,{}[]', (sign) => sign.charCodeAt(0));
const take = (sign) => source.charCodeAt(at) === sign && (at += 1) > 0;

function readCanonical(text) {
  [source, at, simple] = [text, 0, !/[\\\u0000-\u001f]/.test(text)];
  const value = readValue(0);
  return at === text.length ? value : notCanonical();
}

function readValue(depth) {
  if (source.charCodeAt(at) === quote) return readString();
  if (depth > 32) notCanonical();
  if (take(braceOpen)) {
    const object = {};
    if (take(braceClose)) return object;
    let before;
    do {
      const name = readString();
      if (before >= name || name === "__proto__" || !take(colon)) notCanonical();
      object[name] = readValue(depth + 1);
      before = name;
    } while (take(comma));
    return take(braceClose) ? object : notCanonical();
  }
  if (take(bracketOpen)) {
    const list = [];
    if (take(bracketClose)) return list;
    do list.push(readValue(depth + 1)); while (take(comma));
    return take(bracketClose) ? list : notCanonical();
  }
  const from = at;
  while (isOfWord(source.charCodeAt(at))) at += 1;
  const word = source.slice(from, at);
  if (word === "null") return null;
  if (word === "true" || word === "false") return word === "true";
  return String(Number(word)) === word ? Number(word) : notCanonical();
}
/** Small letters, digits and the minus: what literals and integers are made of. */
const isOfWord = (code) => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d;

function readString() {
  if (source.charCodeAt(at) !== quote) notCanonical();
  const from = at;
  do at = source.indexOf('"', at + 1); while (at !== -1 && !simple && isEscaped(at));
  if (at === -1) notCanonical();
  at += 1;
  if (simple) return source.slice(from + 1, at - 1);
  const token = source.slice(from, at);
  const value = parseExact(token) ?? notCanonical();
  return value.isWellFormed() ? value : notCanonical();
}
/** Whether the character stands behind an odd number of backslashes. */
function isEscaped(place) {
  let from = place;
  while (source[from - 1] === "\\") from -= 1;
  return (place - from) % 2 === 1;
}
/** A JSON text as JSON.stringify writes it, without spaces and with no name twice; null for any other text. */
function parseExact(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
}

const isText = (value, length) => typeof value === "string" && value.length === length;
const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What entries of every kind have. */
function readEntry(text, log) {
  const entry = readCanonical(text);
  if (!isObject(entry) || typeof entry.kind !== "string" || !isCount(entry.v) || !isCount(entry.index)) refuse("it is not an entry of a ledger");
  if (typeof entry.at !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(entry.at)) refuse("it does not say when it was written");
  if (!isText(entry.previous, 64)) refuse("it does not name the entry before it");
  if (!isObject(entry.by)) refuse("it does not say who acted");
  // Entries of old ledgers name neither their log nor their request.
  if (entry.log !== undefined && entry.log !== log) refuse(`it belongs to another ledger, “${plain(entry.log)}”`);
  if (entry.request !== undefined && !isText(entry.request, 32)) refuse("it does not name its request");
  return entry;
}

// ── 3  Signatures ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The bytes of base64 that is written the one right way and is so long; null for anything else. */
function fromBase64(text, length) {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === length && bytes.toString("base64") === text ? bytes : null;
}

/** A C2SP verifier key: name+hex(id)+base64(01 ‖ public key), where id = SHA-256(name ‖ 0A ‖ 01 ‖ public key)[:4]. */
function readKey(vkey) {
  const [, name, id, key] = /^([^\s+\p{C}]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(vkey) ?? refuse("the key is not written as keys are (name+id+key)");
  const bytes = fromBase64(key, 33);
  if (bytes?.[0] !== 1) refuse("the key is not an Ed25519 key");
  if (!sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes])).startsWith(id)) refuse("the key's id does not belong to the key");
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bytes.subarray(1).toString("base64url") }, format: "jwk" });
  return { vkey, name, id, publicKey };
}

/** The key of a file, which has to be the given one where one was given. */
function keyOf(vkey, given) {
  const key = readKey(textOf(vkey, "the key"));
  return given === null || given.vkey === vkey ? key : refuse(`it is signed with another key than the one given: ${plain(vkey)}`);
}

/**
 * A C2SP checkpoint: a signed note that says origin, size and root. Others may have signed it too; their lines are not
 * looked into. `signed` is false where only others did.
 */
function readCheckpoint(key, note) {
  const end = note.lastIndexOf("\n\n") + 1;
  const [text, lines] = [note.slice(0, end), note.slice(end + 1)];
  if (end === 0 || !lines.endsWith("\n") || !note.isWellFormed()) refuse("the checkpoint is not a signed note");
  let signed = false;
  for (const line of lines.slice(0, -1).split("\n")) {
    const [, name, signature] = /^— ([^\s+\p{C}]+) ([A-Za-z0-9+/=]{8,})$/u.exec(line) ?? refuse("the checkpoint has a signature line that is none");
    if (name !== key.name || Buffer.from(signature, "base64").toString("hex", 0, 4) !== key.id) continue;
    const bytes = fromBase64(signature, 68);
    if (bytes === null || !verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))) refuse("the checkpoint's signature does not fit its text");
    signed = true;
  }
  const [, origin, digits, base64] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n(.{44})\n$/.exec(text) ?? refuse("what was signed is not a checkpoint");
  const [size, root] = [Number(digits), fromBase64(base64, 32)?.toString("hex")];
  if (!isCount(size) || root === undefined) refuse("the checkpoint's size or root is not written as it has to be");
  if (signed && origin !== key.name) refuse(`the checkpoint is of another ledger, “${plain(origin)}”`);
  return { size, root, signed };
}

function readSigned(key, note) {
  const checkpoint = readCheckpoint(key, textOf(note, "the checkpoint"));
  return checkpoint.signed ? checkpoint : refuse("the checkpoint is not signed with this key");
}

// ── 4  Receipt and consistency file ─────────────────────────────────────────────────────────────────────────────────

/** An object with exactly these fields. */
function fieldsOf(value, names, what) {
  const own = isObject(value) ? Object.keys(value) : [];
  const odd = names.find((name) => !own.includes(name)) ?? own.find((name) => !names.includes(name));
  return odd === undefined ? value : refuse(`${what} has to have the fields ${names.join(", ")} and no other; “${plain(odd)}” is wrong`);
}
const textOf = (value, what) => (typeof value === "string" && value.isWellFormed() ? value : refuse(`${what} is not a text`));
const hashOf = (line) => (typeof line === "string" ? fromBase64(line, 32)?.toString("hex") : null) ?? refuse("the proof has a line that is not a hash");

function verifyReceipt(file, given) {
  const guarded = Object.hasOwn(file, "guardian") ? ["guardian"] : [];
  fieldsOf(file, ["format", "v", "key", "entry", "proof", "shown", "person", ...guarded], "the receipt");
  const key = keyOf(file.key, given);
  const entry = within("the entry", () => readEntry(textOf(file.entry, "it"), key.name));
  // c2sp.org/tlog-proof: a title, the index, the hashes from leaf to root; after an empty line the checkpoint.
  const proof = textOf(file.proof, "the proof");
  const gap = proof.indexOf("\n\n");
  const [title, place, ...hashes] = proof.slice(0, Math.max(gap, 0)).split("\n");
  if (title !== "c2sp.org/tlog-proof@v1") refuse("the proof is not written as proofs are (c2sp.org/tlog-proof@v1)");
  const { size, root } = readSigned(key, proof.slice(gap + 2));
  if (place !== `index ${entry.index}` || entry.index >= size) refuse("the proof is not of this entry");
  if (!isIncluded(entry.index, size, leafOf(file.entry), hashes.map(hashOf), root)) refuse("the entry is not in the signed ledger as it stands here");
  const shown = file.shown === null ? null : sha256(textOf(file.shown, "what was shown"));
  if (shown !== (entry.shown ?? null)) refuse(`what was shown is ${shown === null ? "missing" : "not what the entry says"}`);
  const person = file.person === null ? null : openCommitment(file.person, entry.identity, ["email", "name", "ref"], "the person");
  const guardian = guarded.length === 0 ? null : openCommitment(file.guardian, entry.guardian, ["name", "ref", "relation"], "the guardian");
  return receiptInWords(key, given, entry, size, file.shown, person, guardian);
}

/** The entry holds nothing of a person but SHA-256(salt ‖ identity); who knows both can show who it is. */
function openCommitment(value, commitment, names, what) {
  const { identity, salt } = fieldsOf(value, ["identity", "salt"], what);
  if (!isHash(salt)) refuse(`${what}'s salt is not 32 bytes in hex`);
  if (sha256(Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(textOf(identity, what))])) !== commitment) refuse(`${what} is not the one of the entry`);
  return fieldsOf(within(what, () => readCanonical(identity)), names, what);
}

function verifyConsistency(file, given) {
  fieldsOf(file, ["format", "v", "key", "older", "newer", "proof"], "the consistency file");
  const key = keyOf(file.key, given);
  const older = within("older", () => readSigned(key, file.older));
  const newer = within("newer", () => readSigned(key, file.newer));
  if (older.size > newer.size) refuse(`the older checkpoint has more entries (${older.size}) than the newer one (${newer.size})`);
  if (!Array.isArray(file.proof)) refuse("the proof is not a list");
  if (!isConsistent(older.size, newer.size, file.proof.map(hashOf), older.root, newer.root))
    refuse(`the newer ledger does not begin with the ${older.size} entries of the older one: entries were changed, removed or added`);
  return [
    `Two checkpoints of the ledger “${plain(key.name)}”, of ${older.size} and of ${newer.size} entries.`,
    `The newer ledger begins with the ${older.size} entries of the older one, unchanged and in the same order.`,
    ...keyInWords(key, given),
  ];
}

// ── 5  Witness ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What left the house: signed checkpoints, and the leaf hashes in tiles of 256 (c2sp.org/tlog-tiles, level 0 only).
 * It is first verified in itself, so that a damaged copy neither accuses a good ledger nor passes for agreement.
 */
class Witness {
  size = 0;
  checkpoints = 0;
  otherKey = false;
  tile = { number: -1, bytes: Buffer.alloc(0) };

  constructor(folder, key, given) {
    this.folder = folder;
    const bySize = new Map();
    const kept = this.#open("checkpoints", readdirSync).filter((name) => /^\d{20}$/.test(name));
    for (const file of ["checkpoint", ...kept.map((name) => path.join("checkpoints", name))]) {
      const note = this.#open(file, readFileSync).toString();
      // A key that came from the file under test says nothing about the witness; a given one does.
      const read = given === null ? readCheckpoint : readSigned;
      const { size, root, signed } = attempt(() => read(key, note), (why) => this.#damaged(file, why));
      if (file !== "checkpoint" && size !== Number(path.basename(file))) this.#damaged(file, `it is of ${size} entries`);
      bySize.set(size, [...(bySize.get(size) ?? []), { file, root }]);
      this.size = Math.max(this.size, size);
      this.otherKey ||= !signed;
    }
    this.checkpoints = kept.length;
    const tree = new Tree();
    for (;;) {
      for (const { file, root } of bySize.get(tree.size) ?? []) if (root !== tree.root()) this.#damaged(file, "the leaf hashes in the tiles do not give its root");
      if (tree.size === this.size) return;
      tree.push(this.leaf(tree.size));
    }
  }

  /** The leaf hash of an entry, whose index is below `size`. */
  leaf(index) {
    const [number, from] = [Math.floor(index / 256), (index % 256) * 32];
    if (number !== this.tile.number) this.tile = { number, bytes: this.#readTile(number) };
    return this.tile.bytes.toString("hex", from, from + 32);
  }

  /** Tile 1234067 is tile/0/x001/x234/067; the last one, of only 5 leaves, may be tile/0/x001/x234/067.p/5. */
  #readTile(number) {
    const digits = String(number);
    const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.../g);
    const whole = path.join("tile", "0", ...groups.slice(0, -1).map((group) => `x${group}`), groups.at(-1));
    const width = Math.min(256, this.size - number * 256);
    const isWhole = width === 256 || existsSync(path.join(this.folder, whole));
    const file = isWhole ? whole : path.join(`${whole}.p`, String(width));
    const bytes = this.#open(file, readFileSync);
    return bytes.length === (isWhole ? 256 : width) * 32 ? bytes : this.#damaged(file, `it has ${bytes.length} bytes`);
  }

  #open(file, read) {
    try {
      return read(path.join(this.folder, file));
    } catch (error) {
      return this.#damaged(file, error.code);
    }
  }

  #damaged(file, why) {
    throw new Unreadable(`the witness file ${file} is missing, damaged or of another ledger (${why})`);
  }
}

// ── 6  Export ───────────────────────────────────────────────────────────────────────────────────────────────────────

const exportBegins = Buffer.from('{"format":"handshake-ledger"');
const nothingBefore = "0".repeat(64);

/**
 * Reads an export line by line and names the first bad entry. Every entry carries the leaf hash of the one before it,
 * and every checkpoint the root over all so far. Where a link does not fit, the entry before it was changed, or the one
 * that bears it: the tree is carried on in both readings, and the one that gives the next signed root is what happened.
 * Where entries and links were all written anew, no reading gives the root: then the first bad entry is one of those
 * since the last thing that vouches for them, a checkpoint or the witness.
 */
class Export {
  line = 1;
  size = 0; // entries read
  vouched = 0; // the entries before this one are what was signed, or what the witness saw
  checkpoints = 0;
  checkpointAt = -1; // the size of the latest one
  readings = [{ tree: new Tree(), last: null, bad: null }]; // as written comes first; `last`, a leaf, is not yet in `tree`
  broken = null; // why the first link that does not fit is wrong, until a root explains it
  failed = null; // a checkpoint whose root no reading gives, until the next entry's link explains it
  lastAt = "";
  requests = []; // the one of the latest entry, and before it the one that ended with its first

  constructor(text, given, folder) {
    const header = fieldsOf(text === null ? null : parseExact(text), ["format", "v", "key", "log", "size"], "the first line");
    if (header.v !== 1) throw new Unreadable("it is of a version that this program does not know");
    this.key = keyOf(header.key, given);
    if (header.log !== this.key.name || !isCount(header.size)) refuse("the first line does not name the ledger of its key, or no size");
    [this.total, this.given] = [header.size, given];
    this.witness = folder === null ? null : new Witness(folder, this.key, given);
  }

  /** A line after the first; null stands for bytes that are not UTF-8. */
  read(text) {
    this.line += 1;
    if (text?.startsWith('{"checkpoint":')) return this.#checkpoint(text);
    const index = this.size;
    if (text === null) this.#bad(index, "it is not UTF-8");
    if (index >= this.total) this.#bad(index, `there should be only ${this.total} entries`);
    const entry = attempt(() => readEntry(text, this.key.name), (why) => this.#bad(index, why));
    const follows = entry.previous === (this.readings[0].last ?? nothingBefore);
    if (!follows && !isHash(entry.previous)) this.#bad(index, "it does not name the entry before it");
    if (this.failed !== null) this.#explain(entry.previous);
    if (entry.index !== index) this.#bad(index, `entry ${entry.index} stands in its place`);
    const leaf = leafOf(text);
    if (index < (this.witness?.size ?? 0)) {
      if (this.witness.leaf(index) !== leaf) this.#bad(index, "the witness saw another one");
      this.vouched = index + 1;
    }
    if (!follows) {
      this.broken ??= `entry ${index} does not follow ${index === 0 ? "nothing" : `entry ${index - 1}`}`;
    } else {
      if (entry.at < this.lastAt) this.#bad(index, `it is older than entry ${index - 1}`);
      if (entry.request !== undefined && entry.request === this.requests[0]) this.#bad(index, "another request stands in the midst of its own");
    }
    for (let k = this.readings.length - 1; k >= 0; k--) this.#follow(this.readings[k], entry.previous, leaf);
    if (entry.request !== this.requests[1]) this.requests = [this.requests[1], entry.request];
    this.lastAt = entry.at;
    this.size += 1;
  }

  /** Carries a reading on; where the link does not fit it, another begins, in which the link is right about the entry before. */
  #follow(reading, previous, leaf) {
    const { tree, last, bad } = reading;
    if (last !== null && last !== previous && this.readings.length < 64) this.readings.push({ tree: tree.with(previous), last: leaf, bad: bad ?? this.#notTheOne() });
    if (last !== null) tree.push(last);
    reading.last = leaf;
  }

  #checkpoint(text) {
    const { size, root } = attempt(
      () => readSigned(this.key, fieldsOf(parseExact(text), ["checkpoint"], "the line of a checkpoint").checkpoint),
      (why) => this.#unvouched(why),
    );
    if (size < this.size || size === this.checkpointAt) this.#unvouched(`a checkpoint of ${size} entries stands behind ${this.size}`);
    [this.checkpoints, this.checkpointAt] = [this.checkpoints + 1, size];
    const fitting = this.readings.find(({ tree, last }) => tree.with(last).root() === root);
    if (size > this.size) this.failed = { size, root, why: `there are only ${this.size} of the ${size} entries of the signed checkpoint` };
    else if (fitting === undefined) this.failed = { size, root, why: `the signed checkpoint of ${size} entries was made over other ones` };
    else if (fitting.bad !== null || this.broken !== null) refuse(fitting.bad ?? `${this.broken}, though both were signed`);
    else this.vouched = size;
  }

  /** After a root that no reading gave: was the next entry written after another one than stands before it, or after one that is gone? */
  #explain(previous) {
    const isGone = this.failed.size > this.size;
    const fitting = this.readings.find(({ tree, last }) => tree.with(isGone ? last : null).with(previous).root() === this.failed.root);
    if (fitting === undefined) this.#unvouched();
    refuse(fitting.bad ?? (isGone ? `entry ${this.size}: it is missing` : this.#notTheOne()));
  }

  #notTheOne() {
    return `entry ${this.size - 1}: it is not the one that entry ${this.size} was written after`;
  }

  #bad(index, why) {
    if (this.failed !== null || this.broken !== null) this.#unvouched();
    refuse(`entry ${index}: ${why} (line ${this.line})`);
  }

  #unvouched(why = this.failed?.why) {
    const [from, to] = [this.vouched, Math.max(this.size, this.failed?.size ?? 0) - 1];
    if (from > to) refuse(`line ${this.line}, after ${this.size} entries: ${why}`);
    refuse(`entry ${from}: ${from === to ? "nothing vouches for it" : `it is the first that nothing vouches for (${from} … ${to})`}; ${this.broken ?? why}`);
  }

  /** The end of the file, which may cut a line off. */
  end(isCut) {
    const unvouched = this.vouched < this.size ? `, and nothing vouches for ${this.vouched} … ${this.size - 1} before it` : "";
    if (this.size < this.total) this.#bad(this.size, `it is missing; there should be ${this.total} entries${unvouched}`);
    if (this.failed !== null) this.#unvouched();
    if (isCut || this.checkpointAt !== this.size) this.#unvouched("the export does not end with a checkpoint");
    const [seen, otherKey] = [this.witness?.size ?? 0, this.witness?.otherKey ?? false];
    if (seen > this.size) refuse(`entry ${this.size}: it is missing; the witness holds ${seen} entries (or is this an older export?)`);
    if (otherKey) refuse("the witness's checkpoints are not signed with the key in this file");
    return [
      `An export of the ledger “${plain(this.key.name)}”: ${this.size} entries${this.lastAt && ` up to ${moment(this.lastAt)}`}, ${this.checkpoints} checkpoints.`,
      "Every entry is there, in its place, as it was when it was signed.",
      ...(this.witness === null ? [] : [`The witness agrees: it holds ${seen} of the entries, and ${this.witness.checkpoints} checkpoints.`]),
      ...keyInWords(this.key, this.given),
    ];
  }
}

// ── 7  Words ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A value of a file as it may be printed: on one line, without control characters, of bounded length. */
const plain = (value) => Array.from(String(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd")).slice(0, 300).join("");
const moment = (iso) => `${plain(new Date(iso).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" }))} UTC`;

const keyInWords = (key, given) => [
  `Key      ${plain(key.vkey)}`,
  given ? "It is the key that you gave." : "This key came from the file itself: compare it with the one that the company publishes, or give that one with --key.",
];

function receiptInWords(key, given, entry, size, shown, person, guardian) {
  const { title, question, locale } = (shown && parseExact(shown)) || {};
  const named = person && [person.name, person.email, person.ref && `reference ${person.ref}`].filter(Boolean).join(", ");
  const subject = entry.use === undefined ? `the policy “${entry.policy}”` : `the data use “${entry.use}”`;
  const actor = entry.by.staff ? `member of staff ${entry.by.staff}` : entry.by.key ? `program with the key ${entry.by.key}` : entry.by.person ? "the person" : "the house itself";
  const stands = entry.keeps === undefined ? "" : `; the permission for version ${entry.keeps} stands`;
  const answered = `${entry.answer} – ${subject}, version ${entry.version}${stands}${entry.expiresAt ? `, until ${moment(entry.expiresAt)}` : ""}${entry.once === true ? ", for one time" : ""}`;
  const guardianNamed = guardian && [guardian.name, guardian.ref && `reference ${guardian.ref}`, guardian.relation].filter(Boolean).join(", ");
  return [
    `A receipt of the ledger “${plain(key.name)}”. This entry is in it, as it was when it was signed.`,
    ...(entry.person === undefined ? [] : [`Person   ${plain(entry.person)} (${plain(named ?? "not named in this receipt")})`]),
    ...(entry.guardian === undefined ? [] : [`Through  somebody who answers for the person (${plain(guardianNamed ?? "not named in this receipt")})`]),
    `What     ${plain(entry.answer === undefined ? entry.kind : answered)}`,
    ...(isObject(entry.imported) ? [`From     “${plain(entry.imported.source)}”, which says it was answered there on ${moment(entry.imported.answeredAt)}; what was shown there is not in this receipt, and nothing here proves it`] : []),
    ...(shown === null ? [] : [`Shown    ${plain(title ? `“${title}” ${question ?? ""} (${locale})` : "the text in this file")}`]),
    `When     ${moment(entry.at)}, by ${plain(actor)}`,
    `Place    entry ${entry.index}; the ledger had ${size} entries when this was signed`,
    ...keyInWords(key, given),
  ];
}

// ── 8  Command line ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Bytes as text, or null where they are not UTF-8. */
function decode(bytes) {
  const text = bytes.toString();
  return text.includes("\ufffd") && !Buffer.from(text).equals(bytes) ? null : text;
}

/** Verifies a file; returns what to say about it. An export is read as a stream, anything else whole. */
async function verifyFile(name, { given, witness }) {
  let rest = Buffer.alloc(0);
  let ledger = null;
  const stream = name === "-" ? process.stdin : createReadStream(name, { highWaterMark: 256 * 1024 });
  stream.once("error", (error) => { error.message = `it cannot be opened (${error.code})`; });
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (ledger !== null || rest.subarray(0, exportBegins.length).equals(exportBegins)) {
      let from = 0;
      for (let to; (to = rest.indexOf(10, from)) !== -1; from = to + 1) {
        const text = decode(rest.subarray(from, to));
        if (ledger === null) ledger = new Export(text, given, witness);
        else ledger.read(text);
      }
      rest = rest.subarray(from);
    }
    if (rest.length > longest) throw new Unreadable("it is too large, or has a line that is");
  }
  if (ledger !== null) return ledger.end(rest.length > 0);
  if (witness !== null) throw new Unreadable("it is not an export, and nothing else is compared with a witness");
  return verifyWhole(decode(rest), given);
}

function verifyWhole(text, given) {
  let file = null;
  try {
    file = JSON.parse(text);
  } catch {
    // Then it is none of these.
  }
  const kind = new Map([["handshake-receipt", verifyReceipt], ["handshake-consistency", verifyConsistency]]).get(file?.format);
  if (kind === undefined) throw new Unreadable("it is not a receipt, a consistency file or an export of a Handshake ledger");
  if (file.v !== 1) throw new Unreadable("it is of a version that this program does not know");
  // A name that stands there twice would show readers one value and programs another.
  const names = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g).filter((token) => token.endsWith(":")).length;
  return names === namesIn(file) ? kind(file, given) : refuse("a name stands in it twice");
}
const namesIn = (value) => (isObject(value) ? Object.values(value).reduce((sum, inner) => sum + 1 + namesIn(inner), 0) : 0);

function readArguments(args) {
  const [files, options] = [[], { given: null, witness: null }];
  for (let place = 0; place < args.length; place++) {
    const [, option, value] = /^(--key|--witness)(?:=(.*))?$/s.exec(args[place]) ?? [];
    if (option !== undefined) {
      const given = value ?? args[++place] ?? "";
      if (option === "--key") options.given = within("--key", () => readKey(given));
      else options.witness = given || refuse("--witness needs a folder");
    } else if (args[place] === "-" || !args[place].startsWith("-")) files.push(args[place]);
    else refuse(`there is no option ${plain(args[place])}`);
  }
  return files.length > 0 ? { files, options } : refuse("which file?");
}

async function main(args) {
  if (args.includes("--help")) return process.stdout.write(help);
  if (args.includes("--version")) return process.stdout.write(version);
  const { files, options } = readArguments(args);
  for (const name of files) {
    let lines;
    try {
      lines = [...(await verifyFile(name, options)), "Valid."];
    } catch (error) {
      // Whatever went wrong, it is no pass.
      lines = [`${error instanceof NotValid ? "NOT VALID" : "Cannot be read"}: ${error.message}`];
      process.exitCode = error instanceof NotValid || process.exitCode === 1 ? 1 : 2;
    }
    process.stdout.write(`${[...(files.length > 1 ? [`${plain(name)}:`] : []), ...lines].join("\n")}\n`);
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.message}\n\n${help}`);
  process.exitCode = 2;
});
