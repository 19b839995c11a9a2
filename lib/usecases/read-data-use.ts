import type { AnswerCounts, UseCitation, UseVersionLine, UseView } from "@/lib/contract/use";
import { database, type Tx } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { countPersons } from "@/lib/data/persons";
import { staffNames } from "@/lib/data/staff";
import { namesOfWords } from "@/lib/data/taxonomy";
import { type CitationRow, citationsOf, countAnswers, promptOf, requireUse, stateOf, sumOf, textsOfVersions } from "@/lib/data/uses";
import { draftOf, publishedVersions, type PublishedUse } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { describeTerms } from "@/lib/domain/terms-in-words";
import { renderMarkdown } from "@/lib/text/render-markdown";
import { authorise } from "@/lib/usecases/authorise";
import { relationBetween } from "@/lib/usecases/describe-data-use";
import { leadingText } from "@/lib/usecases/policy-texts";

/** Everything about one data use: what is in force in plain words, its versions, its prompt, who cites it, who answered. */
export async function readDataUse(actor: Actor, key: string): Promise<UseView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [versions, draft, prompt, citations, counts, total] = await Promise.all([
    publishedVersions(db, use.id),
    draftOf(db, use.id),
    promptOf(db, use.id),
    citationsOf(db, use.id),
    countAnswers(db, use.id),
    countPersons(db),
  ]);
  const live = versions[0];
  const [nameOf, cited, staffName] = await Promise.all([
    namesOfWords(db, live ? [live.terms] : []),
    withHeadings(db, citations),
    staffNames(db, [...versions.flatMap((one) => [one.publishedById, ...one.authorIds]), ...(draft?.authorIds ?? [])]),
  ]);
  const people = sumOf(counts.values());
  const answered = people.granted + people.refused + people.withdrawn + people.objected;
  return {
    key: use.key,
    name: use.name,
    live: live ? { number: live.number, asks: live.terms.legalBasis === "consent", terms: describeTerms(live.terms, nameOf) } : null,
    draft: draft && { number: draft.number, state: stateOf(draft), updatedAt: draft.updatedAt, authors: draft.authorIds.map(staffName) },
    versions: versions.map((one, i) => lineOf(one, versions[i + 1], counts, staffName)),
    prompt,
    citations: cited,
    people: { ...people, total, never: Math.max(0, total - answered) },
    can: { write: may(actor, "use.write"), publish: may(actor, "use.publish") },
  };
}

/** Each citation with what its clause is called, in the text it is cited from. */
async function withHeadings(db: Tx, citations: readonly CitationRow[]): Promise<UseCitation[]> {
  if (citations.length === 0) return [];
  const [{ defaultLocale }, texts] = await Promise.all([readOrganisation(db), textsOfVersions(db, citations.map((one) => one.versionId))]);
  return citations.map(({ versionId, ...citation }) => {
    const text = leadingText(texts.filter((one) => one.versionId === versionId), defaultLocale);
    const clause = text && renderMarkdown(text.markdown).clauses.find((one) => one.id === citation.clause);
    return { ...citation, heading: clause ? clause.heading : citation.clause };
  });
}

/** What a list of versions says about one of them. */
export function lineOf(
  version: PublishedUse,
  before: PublishedUse | undefined,
  counts: ReadonlyMap<number, AnswerCounts>,
  staffName: (id: string) => string,
): UseVersionLine {
  return {
    number: version.number,
    publishedAt: version.publishedAt,
    publishedBy: staffName(version.publishedById),
    authors: version.authorIds.map(staffName),
    changeNote: version.changeNote,
    twoPairsOfEyes: version.twoPairsOfEyes,
    counts: counts.get(version.number) ?? sumOf([]),
    relation: before ? relationBetween(before.terms, version.terms) : null,
  };
}
