import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { signCheckpoint } from "@/lib/data/ledger/checkpoint";
import type { By, Entry, Fact } from "@/lib/domain/entry";
import { grow, leafHash, peaksOf, rootOf, type Node } from "@/lib/domain/merkle";
import { hashesOf, inclusionPath, type Address } from "@/lib/domain/merkle-proofs";

/** Where the ledger ends, as read under its lock. */
export type Head = {
  /** How many entries there are. */
  readonly size: number;
  /** The last one's leaf in hex; 64 zeros before the first. */
  readonly previous: string;
  /** The roots of the complete subtrees, largest first. */
  readonly peaks: readonly Uint8Array[];
  /** The database's moment, never before the last entry's. */
  readonly now: Date;
};

export const nothingBefore = "00".repeat(32);

/** What a request is called in the ledger, and its digest if whoever wrote it gave one. */
export type Request = { readonly name: string; readonly digest: Uint8Array | null };

export type Appended = {
  readonly index: bigint;
  readonly leaf: Uint8Array;
  readonly entry: Entry;
  /** The entry as canonical JSON (RFC 8785): the bytes that the leaf commits to. */
  readonly body: string;
};

export type Placed = Appended & { readonly request: Request; readonly requestPosition: number };

export type Checkpoint = { readonly size: number; readonly root: Uint8Array; readonly note: string };

/** Entries that are written together, each linked to the one before, under one signed checkpoint. */
export class Batch {
  readonly entries: Placed[] = [];
  private previous: string;

  constructor(
    readonly head: Head,
    /** The ledger's name. */
    private readonly log: string,
  ) {
    this.previous = head.previous;
  }

  append(fact: Fact, by: By, request: Request): Appended {
    const place = this.head.size + this.entries.length;
    const entry: Entry = { ...fact, index: place, at: this.head.now.toISOString(), previous: this.previous, by, log: this.log, request: request.name };
    const body = canonicalJson(entry);
    const leaf = leafHash(sha256, Buffer.from(body, "utf8"));
    const before = this.entries.at(-1);
    const requestPosition = before?.request.name === request.name ? before.requestPosition + 1 : 0;
    const made = { index: BigInt(place), leaf, entry, body, request, requestPosition };
    this.entries.push(made);
    this.previous = toHex(leaf);
    return made;
  }

  /** Signs the tree that these entries make of the one before. */
  close(): ClosedBatch {
    const { size, peaks } = this.head;
    const grown = grow(sha256, size, peaks, this.entries.map(({ leaf }) => leaf));
    const root = rootOf(sha256, grown.peaks);
    const checkpoint = { size: grown.size, root, note: signCheckpoint(grown.size, root) };
    return new ClosedBatch(this.head, this.entries, grown.nodes, checkpoint, { ...this.head, size: grown.size, previous: this.previous, peaks: grown.peaks });
  }
}

export class ClosedBatch {
  private known: Map<number, Uint8Array> | undefined;

  constructor(
    readonly head: Head,
    readonly entries: readonly Placed[],
    /** Every subtree that these entries complete. */
    readonly nodes: readonly Node[],
    readonly checkpoint: Checkpoint,
    /** Where the ledger ends with them. */
    readonly end: Head,
  ) {}

  /** The inclusion proof of one of these entries under the checkpoint, leaf to root, without asking the database. */
  proofOf(index: number): Uint8Array[] {
    return hashesOf(sha256, inclusionPath(index, this.checkpoint.size), this.hashAt);
  }

  /** What stands beside the way up from a new leaf is new itself, or was a peak of the tree before. */
  private readonly hashAt = (address: Address): Uint8Array => {
    this.known ??= new Map([
      ...peaksOf(this.head.size).map((at, i) => [placeOf(at), this.head.peaks[i]!] as const),
      ...this.nodes.map((node) => [placeOf(node), node.hash] as const),
    ]);
    const hash = this.known.get(placeOf(address));
    if (!hash) throw new Error(`the tree has no node ${address.level}/${address.position}`);
    return hash;
  };
}

/** One number a place: there are fewer than 64 levels. */
const placeOf = ({ level, position }: Address): number => position * 64 + level;
