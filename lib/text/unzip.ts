import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { type ImportFault, type ImportFile, importLimits, isClutter, safePath } from "@/lib/text/import-limits";

export type Unzipped = { readonly ok: true; readonly files: readonly ImportFile[] } | { readonly ok: false; readonly faults: readonly ImportFault[] };

type Entry = { readonly name: string; readonly flags: number; readonly method: number; readonly crc: number; readonly packed: number; readonly size: number; readonly offset: number };

// PKWARE APPNOTE 6.3.10: 4.3.16 end of central directory, 4.3.12 central directory, 4.3.7 local header.
const endMark = 0x06054b50;
const centralMark = 0x02014b50;
const localMark = 0x04034b50;
const encrypted = 0x0001 | 0x2000;
const utf8Names = 0x0800;

/**
 * Unpacks a .zip archive within {@link importLimits}; every fault is returned. Sizes are checked as declared and again
 * while unpacking, so an archive that lies about them stops at the limit. Folders and what computers add are left out.
 */
export function unzip(bytes: Uint8Array): Unzipped {
  const listed = listEntries(bytes);
  if (!listed.ok) return { ok: false, faults: [{ path: "", message: listed.message }] };
  const faults: ImportFault[] = [];
  const files: ImportFile[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (const entry of listed.entries) {
    if (/[/\\]$/.test(entry.name)) continue;
    const path = safePath(entry.name);
    if (path !== null && isClutter(path)) continue;
    const problem = path === null ? "Its path leads out of the archive. Make the archive again from inside the folder." : seen.has(path) ? "It is in the archive twice. Keep one of the two." : problemBefore(entry);
    if (path === null || problem) {
      faults.push({ path: path ?? printable(entry.name), message: problem ?? "" });
      continue;
    }
    seen.add(path);
    const left = importLimits.totalBytes - total;
    if (entry.size > left) return { ok: false, faults: [...faults, { path: "", message: tooMuch() }] };
    // Counted before it is tried: a thousand broken files cost as much work as whole ones.
    total += entry.size;
    const unpacked = unpack(bytes, entry);
    if (typeof unpacked === "string") {
      faults.push({ path, message: unpacked });
      continue;
    }
    files.push({ path, bytes: unpacked });
  }
  if (faults.length > 0) return { ok: false, faults };
  if (files.length === 0) return { ok: false, faults: [{ path: "", message: "The archive has no files in it." }] };
  return { ok: true, files };
}

function problemBefore(entry: Entry): string | null {
  if (entry.flags & encrypted) return "It is protected by a password. Make the archive without one.";
  if (entry.method !== 0 && entry.method !== 8) return "It is packed in a way that cannot be read here. Make an ordinary .zip archive.";
  if (entry.size > importLimits.fileBytes) return `It is larger than ${importLimits.fileBytes / 1024 / 1024} MB. Leave it out or shorten it.`;
  return null;
}

function tooMuch(): string {
  return `The archive unpacks to more than ${importLimits.totalBytes / 1024 / 1024} MB. Leave out what is not policy text.`;
}

/** The file's bytes, or the sentence that says why there are none. */
function unpack(zip: Uint8Array, entry: Entry): Uint8Array | string {
  const damaged = "It is damaged in the archive. Make the archive again.";
  const view = viewOf(zip);
  if (entry.offset + 30 > zip.length || view.getUint32(entry.offset, true) !== localMark) return damaged;
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const packed = zip.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) return damaged;
  const result = entry.method === 0 ? packed.slice() : inflate(packed, entry.size);
  return result !== null && result.length === entry.size && crc32(result) === entry.crc ? result : damaged;
}

const pieceBytes = 16 * 1024;

/** Null when the data is broken, or more than it was declared to be: piece by piece, so that the rest is never unpacked. */
function inflate(packed: Uint8Array, size: number): Uint8Array | null {
  const result = new Uint8Array(size);
  let filled = 0;
  let tooLong = false;
  const stream = new Inflate((piece) => {
    tooLong ||= filled + piece.length > size;
    if (!tooLong) result.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (let at = 0; at < packed.length && !tooLong; at += pieceBytes) {
      stream.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length);
    }
  } catch {
    return null;
  }
  return tooLong || filled !== size ? null : result;
}

function listEntries(zip: Uint8Array): { ok: true; entries: Entry[] } | { ok: false; message: string } {
  const notAZip = { ok: false, message: "This is not a .zip archive, or it is damaged. Make it again and try once more." } as const;
  const view = viewOf(zip);
  let end = zip.length - 22;
  // The archive's comment, at most 65,535 bytes, may stand after the end mark.
  while (end >= 0 && end >= zip.length - 22 - 0xffff && view.getUint32(end, true) !== endMark) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== endMark) return notAZip;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return { ok: false, message: "The archive is larger than an ordinary .zip can be. Make a smaller one." };
  if (view.getUint16(end + 4, true) !== 0) return { ok: false, message: "The archive is one part of several. Make it in one piece." };
  const entries: Entry[] = [];
  let named = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== centralMark) return notAZip;
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const name = entryName(zip.subarray(at + 46, at + 46 + nameLength), flags);
    entries.push({
      name, flags, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
    });
    if (!/[/\\]$/.test(name) && !isClutter(name)) named += 1;
    if (named > importLimits.files) return { ok: false, message: `The archive holds more than ${importLimits.files} files. Leave out what is not policy text.` };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { ok: true, entries };
}

/** Names are UTF-8 where the archive says so, and nearly always where it does not. */
function entryName(bytes: Uint8Array, flags: number): string {
  if (flags & utf8Names) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, "�").slice(0, 200);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
