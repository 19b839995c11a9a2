import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { splitCheckpoint } from "@/lib/data/ledger/checkpoint";

/**
 * What leaves the database, in a folder of files: the newest checkpoint, every one that was put there, the leaves
 * beneath (C2SP tlog-tiles, level 0), and who was forgotten. A file that is complete is never written again.
 */
const tileWidth = 256;
const leafBytes = 32;

/** Leaves read back from the folder, from one index to another. */
export class WitnessedLeaves {
  constructor(
    private readonly from: number,
    private readonly bytes: Uint8Array,
  ) {}

  leafAt(index: number): Uint8Array | null {
    const at = (index - this.from) * leafBytes;
    return at >= 0 && at + leafBytes <= this.bytes.length ? this.bytes.subarray(at, at + leafBytes) : null;
  }
}

export type Witnessing = { readonly size: number; readonly root: string; readonly note: string };

/** The newest checkpoint in the folder, or null in an empty one. */
export async function readWitnessed(folder: string): Promise<Witnessing | null> {
  const note = await readOrNull(path.join(folder, "checkpoint"));
  return note === null ? null : { ...splitCheckpoint(note.toString("utf8")), note: note.toString("utf8") };
}

/** The leaves from one index to another, as far as the folder has them. Throws where a tile within is missing. */
export async function readWitnessedLeaves(folder: string, from: number, to: number): Promise<WitnessedLeaves> {
  const first = Math.floor(from / tileWidth);
  const parts: Uint8Array[] = [];
  for (let tile = first; tile * tileWidth < to; tile++) parts.push(await readTile(folder, tile, Math.min(tileWidth, to - tile * tileWidth)));
  return new WitnessedLeaves(first * tileWidth, Buffer.concat(parts));
}

/** At least so many leaves of a tile: from the whole one, or from the largest part of it that is there. */
async function readTile(folder: string, tile: number, width: number): Promise<Uint8Array> {
  const place = tilePath(folder, tile);
  const whole = await readOrNull(place);
  if (whole?.length === tileWidth * leafBytes) return whole;
  for (let part = tileWidth - 1; part >= width; part--) {
    const found = await readOrNull(path.join(`${place}.p`, String(part)));
    if (found?.length === part * leafBytes) return found;
  }
  throw new Error(`the witness folder lacks the leaves of entries ${tile * tileWidth} to ${tile * tileWidth + width - 1}`);
}

/** Adds leaves from `from` on. Throws where a tile is there already and says something else. */
export async function addLeaves(folder: string, from: number, leaves: Uint8Array): Promise<void> {
  const first = Math.floor(from / tileWidth);
  const before = from % tileWidth === 0 ? new Uint8Array() : (await readTile(folder, first, from % tileWidth)).subarray(0, (from % tileWidth) * leafBytes);
  const all = Buffer.concat([before, leaves]);
  for (let at = 0, tile = first; at < all.length; at += tileWidth * leafBytes, tile++) {
    const bytes = all.subarray(at, at + tileWidth * leafBytes);
    const place = tilePath(folder, tile);
    if (bytes.length === tileWidth * leafBytes) {
      await writeOnce(place, bytes);
      await rm(`${place}.p`, { recursive: true, force: true });
    } else {
      await writeOnce(path.join(`${place}.p`, String(bytes.length / leafBytes)), bytes);
    }
  }
}

/** Puts a checkpoint there, over leaves that are there already, and makes it the newest. */
export async function addCheckpoint(folder: string, checkpoint: Witnessing): Promise<void> {
  const note = Buffer.from(checkpoint.note, "utf8");
  await writeOnce(path.join(folder, "checkpoints", String(checkpoint.size).padStart(20, "0")), note);
  await replace(path.join(folder, "checkpoint"), note);
}

/** How far the address that the operator named has been told; 0 at first. */
export async function readTold(folder: string): Promise<number> {
  return Number((await readOrNull(path.join(folder, "told")))?.toString("utf8") ?? 0);
}

export async function noteTold(folder: string, size: number): Promise<void> {
  await replace(path.join(folder, "told"), Buffer.from(String(size)));
}

/** Sets aside what was witnessed of a ledger that goes on from an earlier end, after a backup was restored; who was forgotten stays. */
export async function setAside(folder: string, name: string): Promise<void> {
  const place = path.join(folder, name);
  await mkdir(place, { recursive: true, mode: 0o700 });
  // The newest checkpoint goes last: broken off before that, the folder still says that it is not what the ledger continues.
  for (const part of ["tile", "checkpoints", "told", "checkpoint"]) {
    await rename(path.join(folder, part), path.join(place, part)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

/** `tile/0/x001/x234/067` for the tile 1234067 (c2sp.org/tlog-tiles). */
function tilePath(folder: string, tile: number): string {
  const groups = String(tile).padStart(Math.ceil(String(tile).length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  return path.join(folder, "tile", "0", ...groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)));
}

/** `suppressed`: their address and ref are to be left alone. */
export type Erasure = { readonly index: number; readonly person: string; readonly suppressed: boolean };

/** Everybody who was forgotten, by the entry that says so: an index, a random id and what becomes of the address, a line each. */
export async function readErasures(folder: string): Promise<Erasure[]> {
  const text = (await readOrNull(path.join(folder, "erasures")))?.toString("utf8") ?? "";
  return text.split("\n").flatMap((line) => {
    const [, index, person, address] = /^(\d+) ([0-9a-f-]{36}) (suppressed|free)$/.exec(line) ?? [];
    return index !== undefined && person !== undefined ? [{ index: Number(index), person, suppressed: address === "suppressed" }] : [];
  });
}

/** Notes who was forgotten, on disk when this returns. */
export async function addErasures(folder: string, erasures: readonly Erasure[]): Promise<void> {
  const known = new Set((await readErasures(folder)).map(({ person }) => person));
  const lines = erasures.filter(({ person }) => !known.has(person)).map(({ index, person, suppressed }) => `${index} ${person} ${suppressed ? "suppressed" : "free"}\n`);
  if (lines.length === 0) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path.join(folder, "erasures"), "a", 0o600);
  try {
    await file.appendFile(lines.join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readOrNull(place: string): Promise<Buffer | null> {
  return readFile(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
}

/** Writes a file that is never written again; the same bytes a second time are no change. */
async function writeOnce(place: string, bytes: Uint8Array): Promise<void> {
  const found = await readOrNull(place);
  if (found === null) return replace(place, bytes);
  if (Buffer.compare(found, bytes) !== 0) throw new Error(`${place} is there already and says something else`);
}

/** Whole or not at all, whatever happens in the middle. */
async function replace(place: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const beside = `${place}.${process.pid}.new`;
  const file = await open(beside, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, place);
}
