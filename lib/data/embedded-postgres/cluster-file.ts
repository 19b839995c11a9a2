import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PlainError } from "@/lib/data/settings/plain-error";

/** The three logins of a cluster of ours. `postgres` is for set-up only; the application never gets it. */
export const logins = ["postgres", "handshake_owner", "handshake_app"] as const;
export type Login = (typeof logins)[number];

/** What we must remember about a cluster between starts; kept in a file only its owner can read. */
export type ClusterFile = { readonly port: number | null; readonly passwords: Readonly<Record<Login, string>> };

/** Reads the file, or null when there is none. @throws PlainError when it is there but not ours to understand. */
export async function readClusterFile(file: string): Promise<ClusterFile | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new PlainError(`The database passwords in ${file} cannot be read (${error.code ?? "unknown"}).`, error);
  });
  if (text === null) return null;
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw new PlainError(`The database passwords in ${file} are damaged; restore the file from a backup, or remove the folder to begin anew.`, cause);
  }
}

/** Writes beside and renames, so that a power cut leaves the old file or the new one. Mode 0600. */
export async function writeClusterFile(file: string, content: ClusterFile): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, file);
}

/** Fresh passwords of 192 random bits each, and no port yet. */
export function newClusterFile(): ClusterFile {
  const password = () => randomBytes(24).toString("base64url");
  return { port: null, passwords: { postgres: password(), handshake_owner: password(), handshake_app: password() } };
}

function parse(content: unknown): ClusterFile {
  const port = field(content, "port");
  const passwords = field(content, "passwords");
  const password = (login: Login) => {
    const value = field(passwords, login);
    if (typeof value !== "string" || value.length < 16) throw new Error(`no password for ${login}`);
    return value;
  };
  return {
    port: typeof port === "number" ? port : null,
    passwords: { postgres: password("postgres"), handshake_owner: password("handshake_owner"), handshake_app: password("handshake_app") },
  };
}

function field(content: unknown, name: string): unknown {
  return typeof content === "object" && content !== null ? Reflect.get(content, name) : undefined;
}
