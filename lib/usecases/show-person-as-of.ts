import type { AnswerThen, AsOfView, PolicyAsOf, UseAnswerThen, UseAsOf } from "@/lib/contract/as-of";
import { personId } from "@/lib/contract/person";
import { shownContent, type ShownContent } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { digestOf, fromHex, sha256, toHex } from "@/lib/data/digest";
import { readEntriesUntil, readLabels, readLedgerSpan, readTermsOf, type Labels } from "@/lib/data/ledger/as-of";
import { findPerson } from "@/lib/data/persons";
import { readShown } from "@/lib/data/shown-content";
import type { Actor } from "@/lib/domain/actor";
import { covers } from "@/lib/domain/compare-terms";
import { Refusal } from "@/lib/domain/refusal";
import { decisionAt, policiesAt, standingsOf, usesAt, type Covers, type PolicyThen, type Standing, type Standings, type UseStanding, type UseThen } from "@/lib/domain/replay";
import type { Terms } from "@/lib/domain/terms";
import { authorise } from "@/lib/usecases/authorise";

/**
 * One person at any instant: what might be done with their data, what they had answered, and the very words they
 * answered to. Told from the ledger's entries alone, so it holds whatever became of the tables since; an instant that has
 * not come yet or lies before the ledger is said to be so. Throws `not-found`.
 */
export async function showPersonAsOf(actor: Actor, { person: id, at }: { person: string; at: Date | null }): Promise<AsOfView> {
  authorise(actor, "people.read");
  const known = personId.safeParse(id).success ? await findPerson(database(), id) : null;
  if (known === null) throw new Refusal("not-found", "There is no such person.");
  const { now, began } = await readLedgerSpan();
  const { name, email, ref } = known;
  const common = { person: { id, name, email, ref }, began };
  if (at === null) return { ...common, status: "none" };
  if (at > now) return { ...common, status: "to-come", at };
  if (began === null || at < began) return { ...common, status: "before-the-ledger", at };
  const entries = await readEntriesUntil(id, at);
  const standings = standingsOf(entries, id, at);
  return { ...common, status: "told", at, forgotten: standings.forgotten, ...(await told(standings, usesAt(entries, at), policiesAt(entries, at), at)) };
}

/** What the entries point to: names, the terms of published versions, what was shown. */
type Looked = { readonly labels: Labels; readonly terms: ReadonlyMap<string, ReadonlyMap<number, Terms>>; readonly contents: ReadonlyMap<string, ShownContent> };

async function told(standings: Standings, uses: ReadonlyMap<string, UseThen>, policies: ReadonlyMap<string, PolicyThen>, at: Date): Promise<{ uses: UseAsOf[]; policies: PolicyAsOf[] }> {
  const answered = [...standings.uses];
  const [labels, terms, contents] = await Promise.all([
    readLabels([...uses.keys()], [...policies.keys()]),
    // An answer to a first version has none before it to reach back to.
    readTermsOf(answered.flatMap(([key, { version, declined }]) => (version > 1 || declined !== null ? [key] : []))),
    readContents([...standings.uses.values(), ...standings.policies.values()]),
  ]);
  const looked: Looked = { labels, terms, contents };
  return {
    uses: [...uses.values()].map((use) => useAsOf(use, standings, looked, at)).sort(byName),
    policies: [...policies].flatMap(([key, policy]) => policyAsOf(key, policy, standings, looked)).sort(byName),
  };
}

function useAsOf(use: UseThen, standings: Standings, { labels, terms, contents }: Looked, at: Date): UseAsOf {
  const { key, live } = use;
  const covered = coversIn(use, terms.get(key));
  const given = standings.uses.get(key);
  return {
    ...decisionAt(standings, use, live, at, covered),
    use: key,
    name: labels.uses.get(key) ?? key,
    version: live.version,
    publishedAt: live.publishedAt,
    answer: given ? answerAboutUse(given, contents) : null,
    versions: [...use.versions.values()].sort((a, b) => a.version - b.version).map((one) => ({ version: one.version, ...decisionAt(standings, use, one, at, covered) })),
  };
}

function policyAsOf(key: string, { version, inForceFrom }: PolicyThen, standings: Standings, { labels, contents }: Looked): PolicyAsOf[] {
  const [label, given] = [labels.policies.get(key), standings.policies.get(key)];
  // A policy for others concerns nobody who did not answer it.
  if (given === undefined && label?.audience !== "customers" && label?.audience !== "everybody") return [];
  return [{ policy: key, name: label?.title ?? key, asks: label?.asks ?? "nothing", version, inForceFrom, answer: given ? answerThen(given, contents) : null }];
}

function answerThen<State>({ state, version, answeredAt, index, channel, words }: Standing<State>, contents: Looked["contents"]): AnswerThen<State> {
  return { state, version, at: answeredAt, index, channel, words: words && { ...words, content: contents.get(words.digest) ?? null } };
}

function answerAboutUse(given: UseStanding, contents: Looked["contents"]): UseAnswerThen {
  const { expiresAt, declined, once, usedAt, imported } = given;
  return { ...answerThen(given, contents), expiresAt, declined, once, usedAt, imported };
}

/** Compares the terms of two versions, where they are still those that their publications put into the ledger. Others cover nothing. */
function coversIn(use: UseThen, terms: ReadonlyMap<number, Terms> | undefined): Covers {
  const vouched = (version: number): Terms | null => {
    const found = terms?.get(version);
    return found && toHex(digestOf({ use: use.key, version, terms: found })) === use.versions.get(version)?.digest ? found : null;
  };
  return (answered, requested) => {
    const [from, to] = [vouched(answered), vouched(requested)];
    return from !== null && to !== null && covers(from, to);
  };
}

/** What was shown, by digest; only what still has the digest that the entry names. */
async function readContents(standings: readonly Standing<unknown>[]): Promise<Map<string, ShownContent>> {
  const digests = [...new Set(standings.flatMap(({ words }) => (words ? [words.digest] : [])))];
  const kept = await readShown(database(), digests.map(fromHex));
  return new Map([...kept].flatMap(([digest, body]) => (toHex(sha256(Buffer.from(body, "utf8"))) === digest ? [[digest, shownContent.parse(JSON.parse(body))]] : [])));
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name, "en");
