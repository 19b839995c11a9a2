import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PlainError } from "./plain-error";
import type { PlaceSettings } from "./settings";

/** The secrets in the form that HANDSHAKE_SECRET and HANDSHAKE_MASTER_KEY take. */
export type Secrets = { readonly HANDSHAKE_SECRET: string; readonly HANDSHAKE_MASTER_KEY: string };

/**
 * The secrets to run on: those of the environment, and what is missing there from `secrets.json` in the directory,
 * which is made once and read only by its owner.
 * @param mayCreate false for real use on a database of the operator's: a secret made on the spot would be lost with
 *   the machine, and everything sealed under it too
 * @throws PlainError naming the missing variable, or when the file is damaged
 */
export async function loadSecrets(place: PlaceSettings, mayCreate: boolean): Promise<Secrets> {
  const { secret, masterKey } = place.given;
  if (secret !== null && masterKey !== null) return written(secret, masterKey);
  if (!mayCreate) {
    const [name, command] = secret === null ? ["HANDSHAKE_SECRET", "openssl rand -base64 48"] : ["HANDSHAKE_MASTER_KEY", "openssl rand -base64 32"];
    throw new PlainError(`${name} is not set; with a DATABASE_URL it must be, so make one with \`${command}\` and keep it safe.`);
  }
  const file = path.join(place.directory, "secrets.json");
  const kept = (await readSecrets(file)) ?? (await createSecrets(file));
  return {
    HANDSHAKE_SECRET: secret?.toString("utf8") ?? kept.HANDSHAKE_SECRET,
    HANDSHAKE_MASTER_KEY: masterKey?.toString("base64") ?? kept.HANDSHAKE_MASTER_KEY,
  };
}

function written(secret: Buffer, masterKey: Buffer): Secrets {
  return { HANDSHAKE_SECRET: secret.toString("utf8"), HANDSHAKE_MASTER_KEY: masterKey.toString("base64") };
}

async function readSecrets(file: string): Promise<Secrets | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new PlainError(`The secrets in ${file} cannot be read (${error.code ?? "unknown"}).`, error);
  });
  if (text === null) return null;
  try {
    const content: unknown = JSON.parse(text);
    const value = (name: keyof Secrets) => {
      const found: unknown = typeof content === "object" && content !== null ? Reflect.get(content, name) : undefined;
      if (typeof found !== "string" || found.length < 32) throw new Error(`${name} is missing`);
      return found;
    };
    return { HANDSHAKE_SECRET: value("HANDSHAKE_SECRET"), HANDSHAKE_MASTER_KEY: value("HANDSHAKE_MASTER_KEY") };
  } catch (cause) {
    throw new PlainError(`The secrets in ${file} are damaged; restore the file from a backup.`, cause);
  }
}

async function createSecrets(file: string): Promise<Secrets> {
  const secrets: Secrets = {
    HANDSHAKE_SECRET: randomBytes(48).toString("base64"),
    HANDSHAKE_MASTER_KEY: randomBytes(32).toString("base64"),
  };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, file);
  return secrets;
}
