import { createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import { settings } from "@/lib/data/settings/settings";
import { sha256 } from "@/lib/data/digest";

/** Ed25519 in PKCS#8 (RFC 8410): this prefix before the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const algorithmEd25519 = Buffer.of(1);

type Signer = { key: KeyObject; name: string; keyId: Buffer; vkey: string };
let held: { seed: string; signer: Signer } | undefined;

function signer(): Signer {
  const { ledgerSeed, ledgerName } = settings();
  const seed = Buffer.from(ledgerSeed).toString("hex");
  if (held?.seed === seed) return held.signer;
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, ledgerSeed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  const publicKey = spki.subarray(spki.length - 32);
  // C2SP signed-note: key id = SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]
  const keyId = Buffer.from(sha256(Buffer.from(`${ledgerName}\n`, "utf8"), algorithmEd25519, publicKey)).subarray(0, 4);
  const vkey = `${ledgerName}+${keyId.toString("hex")}+${Buffer.concat([algorithmEd25519, publicKey]).toString("base64")}`;
  held = { seed, signer: { key, name: ledgerName, keyId, vkey } };
  return held.signer;
}

/**
 * A C2SP checkpoint (c2sp.org/tlog-checkpoint): origin, decimal size, base64 root, and one Ed25519 signature line.
 * The origin is the ledger's name, so that logs cannot be taken for one another.
 */
export function signCheckpoint(size: number, root: Uint8Array): string {
  const { key, name, keyId } = signer();
  const text = `${name}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
  const signature = sign(null, Buffer.from(text, "utf8"), key);
  return `${text}\n— ${name} ${Buffer.concat([keyId, signature]).toString("base64")}\n`;
}

/** The public key under which checkpoints verify, as a C2SP vkey. */
export const ledgerVerifierKey = (): string => signer().vkey;

/** Size and root (base64) that a checkpoint states; does not verify it. Throws where it is none. */
export function splitCheckpoint(note: string): { size: number; root: string } {
  const [, size = "", root = ""] = note.split("\n");
  if (!/^\d{1,16}$/.test(size) || Buffer.from(root, "base64").length !== 32) throw new Error("this is no checkpoint");
  return { size: Number(size), root };
}
