import { createPublicKey, verify as verifySignature, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";

const verifyAsync = promisify(verifySignature) as (algorithm: null, data: Buffer, key: KeyObject, signature: Buffer) => Promise<boolean>;

/** Whether this signature of a checkpoint's text is by the ledger's key. */
export const isSigned = (text: string, signature: Buffer): Promise<boolean> => verifyAsync(null, Buffer.from(text, "utf8"), verifier().key, signature);

/** The name under which the ledger signs. */
export const verifierName = (): string => verifier().name;

/** The text that is signed, and the signature by the ledger's key; null where there is none of it. */
export function splitNote(note: string): [string, Buffer | null] {
  const end = note.indexOf("\n\n");
  const { name, keyId } = verifier();
  const line = note.slice(end + 2);
  const prefix = `— ${name} `;
  if (end < 0 || !line.startsWith(prefix) || !line.endsWith("\n") || line.indexOf("\n") !== line.length - 1) return [note, null];
  const bytes = Buffer.from(line.slice(prefix.length, -1), "base64");
  return [note.slice(0, end + 1), bytes.length === 68 && bytes.subarray(0, 4).toString("hex") === keyId ? bytes.subarray(4) : null];
}

type Verifier = { readonly vkey: string; readonly name: string; readonly keyId: string; readonly key: KeyObject };
let held: Verifier | undefined;

/** The key under which checkpoints verify, read back from its public form. */
function verifier(): Verifier {
  const vkey = ledgerVerifierKey();
  if (held?.vkey === vkey) return held;
  const [name = "", keyId = "", ...rest] = vkey.split("+");
  const bytes = Buffer.from(rest.join("+"), "base64");
  const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes.subarray(1)]), format: "der", type: "spki" });
  return (held = { vkey, name, keyId, key });
}
