import { receiptFile, type ReceiptFile, type ReceiptForms, type ReceiptFormat } from "@/lib/contract/receipt";
import { database, type Tx } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { openGuardian, type GuardianOpening } from "@/lib/data/guardians";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import { readProvenEntry } from "@/lib/data/ledger/proofs";
import { readOpening } from "@/lib/data/persons";
import { readAsked } from "@/lib/data/questions";
import { readShown } from "@/lib/data/shown-content";
import type { Actor } from "@/lib/domain/actor";
import { receipt27560 } from "@/lib/domain/receipt-27560";
import { hasKantaraReceipt, receiptKantara } from "@/lib/domain/receipt-kantara";
import { Refusal } from "@/lib/domain/refusal";
import { authorise, authorisePerson } from "@/lib/usecases/authorise";
import { receiptFacts } from "./read-receipt-facts";
import { receiptView, type ProvenAnswer } from "./read-receipt-view";

/** The receipt of one of this person's own answers, in every form. Throws `not-found`, also for somebody else's. */
export async function readReceipt(actor: Actor, index: number): Promise<ReceiptForms> {
  authorisePerson(actor);
  const db = database();
  const [proven, asked] = await Promise.all([provenAnswer(index), readAsked(db, actor.id)]);
  if (proven?.entry.person !== actor.id || asked === null) throw new Refusal("not-found", "There is no such answer of yours.");
  const [opening, guardian] = await Promise.all([openingOf(db, proven.entry), guardianOf(db, proven.entry)]);
  const file = await fileOf(db, proven, opening, guardian);
  const facts = proven.entry.kind === "permission-answered" ? await receiptFacts(db, asked, proven.entry, proven, file) : null;
  const formats: ReceiptFormat[] = ["json", ...(facts ? (["jsonld"] as const) : []), ...(facts && hasKantaraReceipt(facts) ? (["kantara"] as const) : [])];
  return {
    view: await receiptView(db, asked, proven, file, { formats, terms: facts?.use.terms ?? null }),
    file,
    jsonld: facts && receipt27560(facts),
    kantara: facts && hasKantaraReceipt(facts) ? receiptKantara(facts) : null,
  };
}

/** The receipt file of anybody's answer, for staff: without what would say who the person is. Throws `not-found`. */
export async function readReceiptOf(actor: Actor, index: number): Promise<ReceiptFile> {
  authorise(actor, "ledger.read");
  const db = database();
  const proven = await provenAnswer(index);
  if (proven === null) throw new Refusal("not-found", "There is no answer at this place of the ledger.");
  return fileOf(db, proven, null, null);
}

async function provenAnswer(index: number): Promise<ProvenAnswer | null> {
  const proven = Number.isSafeInteger(index) && index >= 0 ? await readProvenEntry(index) : null;
  if (proven === null) return null;
  const { entry } = proven;
  return entry.kind === "permission-answered" || entry.kind === "policy-answered" ? { ...proven, entry } : null;
}

async function fileOf(db: Tx, { entry, body, proof }: ProvenAnswer, person: ReceiptFile["person"], guardian: GuardianOpening | null): Promise<ReceiptFile> {
  const shown = entry.shown === null ? null : ((await readShown(db, [fromHex(entry.shown)])).get(entry.shown) ?? null);
  return receiptFile.parse({ format: "handshake-receipt", v: 1, key: ledgerVerifierKey(), entry: body, proof, shown, person, ...(guardian ? { guardian } : {}) });
}

const guardianOf = async (db: Tx, { person, guardian }: ProvenAnswer["entry"]): Promise<GuardianOpening | null> => (guardian === undefined ? null : openGuardian(db, person, guardian));

/** What opens this entry's commitment; null where it has none, and where it was made to what the person was called before. */
async function openingOf(db: Tx, { person, identity }: ProvenAnswer["entry"]): Promise<ReceiptFile["person"]> {
  const opening = identity === null ? null : await readOpening(db, person);
  return opening && opening.commitment === identity ? { identity: opening.identity, salt: opening.salt } : null;
}
