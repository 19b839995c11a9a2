/** One file, or one text of a folder: where it lies, with forward slashes, and what is in it. */
export type ImportFile = { readonly path: string; readonly bytes: Uint8Array };

/** What is wrong (or worth knowing) and where: a file's path, or a place in a file such as `history.json#/versions/3/file`. */
export type ImportFault = { readonly path: string; readonly message: string };

/** Bytes, and numbers of files. Real policies are a few dozen kilobytes; these only keep a mistake from filling the memory. */
export const importLimits = { totalBytes: 20 * 1024 * 1024, fileBytes: 1024 * 1024, files: 2000 } as const;

/** What computers leave in folders on their own: no part of anybody's history. */
export function isClutter(path: string): boolean {
  return path.split("/").some((part) => part === "__MACOSX" || part === "Thumbs.db" || part === "desktop.ini" || (part.startsWith(".") && part !== "." && part !== ".."));
}

/** The path with forward slashes and without `./`; null when it leads out of its folder or starts at a disk's root. */
export function safePath(path: string): string | null {
  const parts = path.replaceAll("\\", "/").split("/");
  if (parts[0] === "" || /^[A-Za-z]:/.test(parts[0] ?? "") || parts.includes("..") || /\p{Cc}/u.test(path)) return null;
  return parts.filter((part) => part !== "" && part !== ".").join("/") || null;
}
