import type pg from "pg";
import { auditPool } from "@/lib/data/client";
import { sha256, toHex } from "@/lib/data/digest";
import { nothingBefore } from "@/lib/data/ledger/batch";
import { isSigned, splitNote, verifierName } from "@/lib/data/ledger/signed-note";
import type { WitnessedLeaves } from "@/lib/data/ledger/witness-folder";
import { personOf, subjectOf, type Entry } from "@/lib/domain/entry";
import { grow, leafHash, peaksOf, rootOf } from "@/lib/domain/merkle";

/** The first thing that is not as it was written, and why. `index` is the first entry that it puts in doubt. */
export type Fault = { readonly index: number; readonly why: string };

export type Verified = {
  /** Entries that hold, from the first one on. */
  readonly holds: number;
  /** Entries that there are. */
  readonly size: number;
  readonly fault: Fault | null;
  /** The newest checkpoint, if all holds. */
  readonly checkpoint: string | null;
};

/** What left the house earlier: the newest of it, and the leaves, where they are kept. */
export type Witnessed = { readonly size: number; readonly root: string; leaves(from: number, to: number): Promise<WitnessedLeaves | null> };

/** Entries looked at together: few enough that other requests of this process do not wait long meanwhile. */
const chunk = 2_000;
/** Chunks that are on their way while one is looked at. */
const ahead = 3;

/**
 * Verifies the whole ledger from its bytes: every entry follows from the one before, lies in its columns as it says
 * itself, and hashes to its leaf; every node of the tree, every checkpoint's root and signature are right; nothing is
 * missing or added; and it all agrees with what left the house earlier.
 * @param progress told how many entries hold so far
 */
export async function verifyLedger(witnessed: Witnessed | null, progress: (holds: number, size: number) => void = () => undefined): Promise<Verified> {
  const client = await auditPool().connect();
  let broken = true;
  try {
    // One moment of the database, however long it takes.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const verified = await new Verification(client, witnessed, progress).run();
    await client.query("COMMIT");
    broken = false;
    return verified;
  } finally {
    client.release(broken);
  }
}

class Bad extends Error {
  constructor(
    readonly index: number,
    readonly why: string,
  ) {
    super(why);
  }
}

type Chunk = { readonly count: number; readonly bodies: string | null; readonly leaves: Buffer | null; readonly previous: Buffer | null; readonly requests: string | null; readonly columns: string | null };
const nothing: Chunk = { count: 0, bodies: null, leaves: null, previous: null, requests: null, columns: null };
type Read = { readonly chunk: Chunk; readonly nodes: NodesRow[]; readonly checkpoints: CheckpointRow[]; readonly seen: WitnessedLeaves | null };
type Checked = { readonly leaves: readonly Uint8Array[]; readonly moments: readonly string[] };
type CheckpointRow = { readonly size: number; readonly root: Buffer; readonly note: string; readonly signed: number };

class Verification {
  private peaks: Uint8Array[] = [];
  private previous = nothingBefore;
  private at = "";
  private request = { name: "", place: 0 };
  private lastCheckpoint: { size: number; note: string } | null = null;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly witnessed: Witnessed | null,
    private readonly progress: (holds: number, size: number) => void,
  ) {}

  async run(): Promise<Verified> {
    const { rows: [end] } = await this.client.query<{ size: number; largest: number }>(
      `SELECT COALESCE((SELECT max(index) + 1 FROM ledger_entry), 0)::float8 AS size, COALESCE((SELECT max(size) FROM ledger_checkpoint), 0)::float8 AS largest`,
    );
    // Where the entries end earlier than what was signed or seen outside, the rest is missing.
    const size = Math.max(end?.size ?? 0, end?.largest ?? 0, this.witnessed?.size ?? 0);
    let holds = 0;
    try {
      const coming = Array.from({ length: ahead }, (_, i) => this.read(i * chunk, size));
      while (holds < size) {
        const [from, to, read] = [holds, Math.min(holds + chunk, size), await coming.shift()!];
        coming.push(this.read(from + ahead * chunk, size));
        await this.check(from, to, read);
        holds = to;
        this.progress(holds, size);
      }
      await this.checkEnd(size);
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      return { holds: Math.min(error.index, size), size, fault: { index: error.index, why: error.why }, checkpoint: null };
    }
    return { holds, size, fault: null, checkpoint: this.lastCheckpoint?.note ?? null };
  }

  private read(from: number, size: number): Promise<Read> {
    const read = this.readChunk(from, size);
    // Judged when its turn comes; until then nobody looks whether it failed.
    read.catch(() => undefined);
    return read;
  }

  private async readChunk(from: number, size: number): Promise<Read> {
    const to = Math.min(from + chunk, size);
    if (from >= to) return { chunk: nothing, nodes: [], checkpoints: [], seen: null };
    const levels = peaksOf(2 ** Math.floor(Math.log2(to) + 1) - 1).map(({ level }) => level);
    // All sent at once: the database reads on while we hash.
    const [{ rows: [found] }, { rows: nodes }, { rows: checkpoints }, seen] = await Promise.all([
      this.client.query<Chunk>({ name: "verify_entries", text: readChunk, values: [from, to] }),
      this.client.query<NodesRow>({
        name: "verify_nodes",
        text: readNodesOf,
        values: [levels, levels.map((level) => Math.floor(from / 2 ** level)), levels.map((level) => Math.floor(to / 2 ** level))],
      }),
      this.client.query<CheckpointRow>({ name: "verify_checkpoints", text: readCheckpoints, values: [from, to] }),
      this.witnessed && from < this.witnessed.size ? this.witnessed.leaves(from, Math.min(to, this.witnessed.size)) : null,
    ]);
    return { chunk: found!, nodes, checkpoints, seen };
  }

  private async check(from: number, to: number, { chunk: found, nodes, checkpoints, seen }: Read): Promise<void> {
    const { leaves, moments } = await this.checkEntries(from, to, found, seen);
    const signatures: Promise<Bad | null>[] = [];
    const made = new Map<number, Uint8Array[]>();
    let done = 0;
    for (const row of [...checkpoints, null]) {
      const upTo = row === null ? leaves.length : row.size - from;
      const grown = grow(sha256, from + done, this.peaks, leaves.slice(done, upTo));
      for (const node of grown.nodes) {
        const level = made.get(node.level);
        if (level) level.push(node.hash);
        else made.set(node.level, [node.hash]);
      }
      this.peaks = grown.peaks;
      done = upTo;
      if (row) signatures.push(this.checkCheckpoint(row, moments[upTo - 1] ?? ""));
    }
    checkNodes(from, to, nodes, made);
    const wrong = (await Promise.all(signatures)).find((one) => one !== null);
    if (wrong) throw wrong;
  }

  /** The leaves of these entries, each as its own bytes say, and their moments. */
  private async checkEntries(from: number, to: number, { count, bodies, leaves: stored, previous, requests, columns }: Chunk, seen: WitnessedLeaves | null): Promise<Checked> {
    const lines = bodies?.split("\n") ?? [];
    const described = columns?.split("\n") ?? [];
    const requested = requests?.split("\n") ?? [];
    // Somebody put line breaks into words that have none: then each entry is looked at alone.
    if (count > 1 && (lines.length !== count || described.length !== count || requested.length !== count)) return this.checkSingly(from, to, seen);
    const [leaves, moments]: [Uint8Array[], string[]] = [[], []];
    for (let i = 0; i < to - from; i++) {
      const index = from + i;
      const line = lines[i];
      if (count === 0 || line === undefined) throw new Bad(index, "it is missing");
      const entry = parse(line, index);
      const leaf = leafHash(sha256, Buffer.from(line, "utf8"));
      const witnessed = seen?.leafAt(index);
      if (witnessed && Buffer.compare(witnessed, leaf) !== 0) throw new Bad(index, "it is not what was seen outside the house");
      if (entry.index !== index) throw new Bad(index, entry.index > index && from + count < to ? "it is missing" : `it says that it is entry ${entry.index}`);
      if (entry.previous !== this.previous) throw this.linkFault(index, entry);
      if (entry.at < this.at) throw new Bad(index, "it is from before the entry before it");
      this.request = entry.request === this.request.name ? { name: this.request.name, place: this.request.place + 1 } : { name: entry.request ?? "", place: 0 };
      const linked = previous?.toString("hex", i * 32, i * 32 + 32) === entry.previous;
      if (!linked || described[i] !== columnsOf(entry, this.request.place) || (entry.request !== undefined && requested[i] !== entry.request)) {
        throw new Bad(index, "its columns say something else than its words");
      }
      if (!stored || stored.compare(leaf, 0, 32, i * 32, i * 32 + 32) !== 0) throw new Bad(index, "its words do not hash to its leaf");
      leaves.push(leaf);
      moments.push(entry.at);
      this.previous = toHex(leaf);
      this.at = entry.at;
    }
    return { leaves, moments };
  }

  private async checkSingly(from: number, to: number, seen: WitnessedLeaves | null): Promise<Checked> {
    const [leaves, moments]: [Uint8Array[], string[]] = [[], []];
    for (let index = from; index < to; index++) {
      const { rows: [one] } = await this.client.query<Chunk>({ name: "verify_entries", text: readChunk, values: [index, index + 1] });
      if (one?.bodies?.includes("\n")) throw new Bad(index, "it is not written as entries are");
      const checked = await this.checkEntries(index, index + 1, one!, seen);
      leaves.push(...checked.leaves);
      moments.push(...checked.moments);
    }
    return { leaves, moments };
  }

  /** The chain breaks between an entry and the one before: what left the house was compared already, so the earlier one is in doubt. */
  private linkFault(index: number, entry: Entry): Bad {
    if (index === 0) return new Bad(0, "it names an entry before it, and it is the first");
    const vouched = this.witnessed !== null && index <= this.witnessed.size;
    return vouched ? new Bad(index, "it does not follow from the entry before it") : new Bad(index - 1, `it is not the entry that entry ${entry.index} was written after`);
  }

  /** Judged at once for the root; the signature is looked at beside. */
  private checkCheckpoint(row: CheckpointRow, at: string): Promise<Bad | null> {
    const after = this.lastCheckpoint?.size ?? 0;
    const bad = (why: string) => Promise.resolve(new Bad(after, `the checkpoint of ${row.size} entries ${why}`));
    const root = rootOf(sha256, this.peaks);
    if (row.root.compare(root) !== 0) return bad("has another root than the entries: one of those since the checkpoint before is not what was signed");
    const [text, signature] = splitNote(row.note);
    if (text !== `${verifierName()}\n${row.size}\n${row.root.toString("base64")}\n` || signature === null) return bad("does not say what it stands for");
    if (row.signed !== Date.parse(at)) return bad("is from another moment than its entries");
    this.lastCheckpoint = { size: row.size, note: row.note };
    if (this.witnessed?.size === row.size && this.witnessed.root !== row.root.toString("base64")) return bad("is not the one that was seen outside the house");
    return isSigned(text, signature).then((right) => (right ? null : new Bad(after, `the checkpoint of ${row.size} entries is not signed with the ledger's key`)));
  }

  /** Nothing stands behind the end, and nothing is missing before it. */
  private async checkEnd(size: number): Promise<void> {
    if (size > 0 && this.lastCheckpoint?.size !== size) throw new Bad(this.lastCheckpoint?.size ?? 0, "it and those after it are not signed");
    const { rows } = await this.client.query<{ level: number; count: number }>("SELECT level, count(*)::float8 AS count FROM ledger_node GROUP BY level ORDER BY level");
    for (const { level, count } of rows) if (count !== Math.floor(size / 2 ** level)) throw new Bad(size, `the tree has nodes of level ${level} that no entry stands under`);
    const { rows: [other] } = await this.client.query<{ count: number }>("SELECT count(*)::float8 AS count FROM ledger_entry");
    if (other?.count !== size) throw new Bad(0, "there are entries outside the count");
  }
}

function parse(line: string, index: number): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    throw new Bad(index, "it cannot be read");
  }
}

/** What an entry's columns must be, from its words; as `readChunk` writes them. */
function columnsOf(entry: Entry, place: number): string {
  const staff = "staff" in entry.by ? entry.by.staff : "";
  return `${entry.index}|${entry.kind}|${Date.parse(entry.at)}|${personOf(entry) ?? ""}|${staff}|${subjectOf(entry)}|${place}`;
}

const readChunk = `
  SELECT count(*)::int AS count, string_agg(body, E'\\n' ORDER BY index) AS bodies, string_agg(leaf, ''::bytea ORDER BY index) AS leaves,
         string_agg(previous, ''::bytea ORDER BY index) AS previous, string_agg(request_id, E'\\n' ORDER BY index) AS requests,
         string_agg(index || '|' || kind || '|' || (extract(epoch FROM recorded_at) * 1000)::bigint || '|' || COALESCE(person_id::text, '') || '|' || COALESCE(staff_id::text, '')
           || '|' || COALESCE(subject, '') || '|' || request_position, E'\\n' ORDER BY index) AS columns
    FROM ledger_entry WHERE index >= $1 AND index < $2`;

/** Nodes of one level; `positions` only where some are missing. */
type NodesRow = { readonly level: number; readonly count: number; readonly hashes: Buffer; readonly positions: readonly number[] | null };

const readNodesOf = `
  SELECT w.level, count(*)::float8 AS count, string_agg(n.hash, ''::bytea ORDER BY n.position) AS hashes,
         CASE WHEN count(*) <> w.stop - w.start THEN array_agg(n.position::float8 ORDER BY n.position) END AS positions
    FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) w (level, start, stop)
    JOIN ledger_node n ON n.level = w.level AND n.position >= w.start AND n.position < w.stop GROUP BY w.level, w.start, w.stop`;

const readCheckpoints = `
  SELECT size::float8 AS size, root, note, (extract(epoch FROM signed_at) * 1000)::float8 AS signed FROM ledger_checkpoint WHERE size > $1 AND size <= $2 ORDER BY size`;

function checkNodes(from: number, to: number, rows: readonly NodesRow[], made: ReadonlyMap<number, readonly Uint8Array[]>): void {
  let first: Bad | null = null;
  for (const [level, hashes] of made) {
    const row = rows.find((one) => one.level === level);
    const start = Math.floor(from / 2 ** level);
    const wrong = hashes.findIndex((hash, i) => {
      const place = row?.positions ? row.positions.indexOf(start + i) : i;
      return !row || place < 0 || row.hashes.compare(hash, 0, 32, place * 32, place * 32 + 32) !== 0;
    });
    const index = (start + wrong) * 2 ** level;
    if (wrong >= 0 && (first === null || index < first.index)) first = new Bad(index, "the tree above it is not the one that its words make");
  }
  if (first !== null) throw first;
  if (rows.some((row) => row.count !== (made.get(row.level)?.length ?? 0))) throw new Bad(to, "the tree has nodes that no entry stands under");
}
