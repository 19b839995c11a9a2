import type { ConsentsBrought, ConsentsReply, ImportFate } from "@/lib/contract/consent-import";
import { database, type Tx } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { findImport, holdRemembered, keepImport, readPeopleByRef, readStandsOf, readVersionsNamed, saveImported } from "@/lib/data/consent-imports";
import { suppressedRefs } from "@/lib/data/decisions";
import { toHex } from "@/lib/data/digest";
import { programRequest, wordsOfProgram } from "@/lib/data/ledger/request-name";
import { writeToLedger, type Door } from "@/lib/data/ledger/write";
import { insertPersons } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { mayImport, type ImportSkip } from "@/lib/domain/answer";
import { leavesChoice } from "@/lib/domain/legal-basis";
import type { PermissionAnswered } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { readSignalled } from "@/lib/data/signals";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { objectBySignal } from "@/lib/usecases/honour-signal";

/**
 * Brings in answers that were given elsewhere, each as an entry that says where it comes from and that names nothing
 * shown. Rows that may not stand here are skipped, each with its reason; the others are brought in together. The same
 * `idempotencyKey` and words again get the same reply, other words are refused with `idempotency-conflict`.
 */
export async function importConsents(actor: Actor, input: ConsentsBrought, idempotencyKey: string | null): Promise<ConsentsReply> {
  authoriseProgram(actor, "ask");
  const { keyId } = actor;
  const [requestId, digest] = [programRequest(keyId, idempotencyKey), wordsOfProgram({ imports: input })];
  const before = await findImport(database(), requestId);
  if (before) return sameWords(before, digest);
  const rows = await prepared(database(), input);
  const brought = await writeToLedger<ConsentsReply>(
    { key: keyId },
    requestId,
    async (door) => {
      const sent = await findImport(door.tx, requestId);
      if (sent) return sameWords(sent, digest);
      const fates = await bringIn(door, input.source, rows);
      const imported = fates.filter(({ fate }) => fate === "imported").length;
      const reply: ConsentsReply = { imported, skipped: fates.length - imported, rows: fates };
      await keepImport(door.tx, { requestId, digest, keyId, source: input.source, at: door.now, reply });
      return reply;
    },
    async (tx) => sameWords(await findImport(tx, requestId), digest),
  );
  // What was said elsewhere was said without knowing of the signal that their browser has sent here.
  const people = new Set(rows.flatMap((row) => (row.why === null ? [row.person] : [])));
  for (const person of await readSignalled([...people])) await objectBySignal(person, { key: keyId });
  return brought;
}

function sameWords(before: Awaited<ReturnType<typeof findImport>>, digest: Uint8Array): ConsentsReply {
  if (before?.digest !== toHex(digest)) throw new Refusal("idempotency-conflict", "This Idempotency-Key was sent before, and stood for something else then. Use a new one.");
  return before.reply;
}

type Consent = ConsentsBrought["consents"][number];
type Row = { readonly why: ImportSkip } | { readonly why: null; readonly consent: Consent; readonly useId: string; readonly person: string; readonly identity: string | null };

/** What can be said of each row before anything is written; whoever is new becomes known, since the host vouches for them. */
async function prepared(db: Tx, { consents }: ConsentsBrought): Promise<Row[]> {
  const now = await databaseNow(db);
  const { uses, versions } = await readVersionsNamed(db, [...new Set(consents.map(({ use }) => use))]);
  const refs = [...new Set(consents.map(({ person }) => person))];
  const alone = await suppressedRefs(refs);
  const newest = newestOf(consents);
  const skipOf = (consent: Consent): ImportSkip | null => {
    const basis = versions.get(`${consent.use}@${consent.version}`);
    if (!uses.has(consent.use)) return "unknown-use";
    if (basis === undefined) return "unknown-version";
    if (!leavesChoice(basis)) return "no-choice";
    if (new Date(consent.answeredAt) > now) return "in-the-future";
    return newest.has(consent) ? null : "twice";
  };
  const skips = consents.map(skipOf);
  const wanted = new Set(consents.flatMap(({ person }, i) => (skips[i] === null ? [person] : [])));
  const people = await readPeopleByRef(db, [...wanted]);
  const strangers = [...wanted].filter((ref) => !people.has(ref) && !alone.has(ref));
  if (strangers.length > 0) {
    await insertPersons(strangers.map((ref) => ({ ref, email: null, name: null, locale: null })));
    for (const [ref, person] of await readPeopleByRef(db, strangers)) people.set(ref, person);
  }
  return consents.map((consent, i): Row => {
    const [why, person, useId] = [skips[i] ?? null, people.get(consent.person), uses.get(consent.use)];
    if (why !== null) return { why };
    return person === undefined || useId === undefined ? { why: "left-alone" } : { why: null, consent, useId, person: person.id, identity: person.identity };
  });
}

/** Of several answers of one person about one use the last one given; of two at the same time the first named. */
function newestOf(consents: readonly Consent[]): ReadonlySet<Consent> {
  const found = new Map<string, Consent>();
  for (const consent of consents) {
    const about = `${consent.use} ${consent.person}`;
    const other = found.get(about);
    if (other === undefined || other.answeredAt < consent.answeredAt) found.set(about, consent);
  }
  return new Set(found.values());
}

async function bringIn({ tx, now, append }: Door, source: string, rows: readonly Row[]): Promise<ImportFate[]> {
  const wanted = rows.flatMap((row) => (row.why === null ? [row] : []));
  const [remembered, stands] = [await holdRemembered(tx, wanted.map(({ person }) => person)), await readStandsOf(tx, wanted)];
  const saved: { fact: PermissionAnswered; about: string; index: number }[] = [];
  const fates = rows.map((row): ImportFate => {
    if (row.why !== null) return { fate: "skipped", why: row.why };
    const { consent: { use, version, answer, answeredAt, until }, person, identity, useId } = row;
    const why = remembered.has(person) ? mayImport(stands.get(`${person} ${useId}`) ?? null, new Date(answeredAt)) : "left-alone";
    if (why !== null) return { fate: "skipped", why };
    const fact: PermissionAnswered = { kind: "permission-answered", v: 3, person, use, version, answer, channel: "import", identity, shown: null, expiresAt: until ?? null, imported: { source, answeredAt } };
    const index = Number(append(fact).index);
    saved.push({ fact, about: useId, index });
    return { fate: "imported", index };
  });
  await saveImported(tx, saved, now);
  return fates;
}
