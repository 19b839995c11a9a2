import { courseOf, type EarlierAnswers, type ReAskListView } from "@/lib/contract/report";
import { database } from "@/lib/data/client";
import { readAnsweredSince, readChanged, readChangeNotes, readEarlier, readTerms, type Changed, type ChangeNote, type Earlier, type VersionTerms } from "@/lib/data/re-asks";
import { readDays } from "@/lib/data/report-days";
import { atOneMoment, readPeople } from "@/lib/data/reports";
import { namesOfWords } from "@/lib/data/taxonomy";
import type { Actor } from "@/lib/domain/actor";
import { compareTerms } from "@/lib/domain/compare-terms";
import { describeComparison, type DescribedComparison } from "@/lib/domain/terms-in-words";
import type { NameOf } from "@/lib/domain/words";
import { authorise } from "@/lib/usecases/authorise";

const changesAPage = 8;
const longestCourse = 90;
const mostNotes = 12;

/**
 * What changed and asks people again, the newest first: what the change is, how many people it asks, how many have
 * answered, and whom it leaves in peace. Costs the same for any number of people.
 */
export async function showReAsks(actor: Actor, before: number | null): Promise<ReAskListView> {
  authorise(actor, "report.read");
  const facts = await atOneMoment(async (moment) => {
    const { now } = await readPeople(moment);
    const found = await readChanged(moment, before, changesAPage);
    const changed = found.slice(0, changesAPage);
    const earlier = await readEarlier(moment, changed);
    const uses = changed.filter((one) => one.kind === "use");
    const live = uses.map((one) => ({ subject: one.id, version: one.version }));
    return {
      now,
      changed,
      more: found.length > changesAPage,
      earlier,
      answered: await readAnsweredSince(moment, changed),
      terms: await readTerms(moment, [...live, ...earlier.filter((one) => uses.some((use) => use.id === one.subject))]),
      notes: await readChangeNotes(moment, changed.filter((one) => one.kind === "policy"), mostNotes),
      days: await readDays(moment, changed.map((one) => ({ subject: one.id, from: one.from })), now, { days: longestCourse, course: "total" }),
    };
  });
  const nameOf = await namesOfWords(database(), facts.terms.map((one) => one.terms));
  const items = facts.changed.map((one) => {
    const earlier = facts.earlier.filter((row) => row.subject === one.id);
    const told = (row: Earlier): EarlierAnswers => ({ version: row.version, people: row.people, changes: changesSince(row, one, facts.terms, nameOf), notes: notesSince(row, facts.notes) });
    const asked = earlier.filter((row) => !row.reaches);
    const days = Math.min(longestCourse, Math.max(7, Math.ceil((facts.now.getTime() - one.since.getTime()) / 86_400_000) + 1));
    return {
      kind: one.kind,
      key: one.key,
      name: one.name,
      version: one.version,
      since: one.since,
      due: asked.reduce((sum, row) => sum + row.people, 0),
      answered: facts.answered.get(one.id) ?? 0,
      asked: asked.map(told),
      carried: earlier.filter((row) => row.reaches).map(told),
      course: courseOf(facts.days.get(one.id) ?? [], facts.now, { days, course: "total" }),
    };
  });
  return { now: facts.now, items, next: facts.more ? (facts.changed.at(-1)?.entry ?? null) : null };
}

/** Only what differs, in words. */
function changesSince(earlier: Earlier, live: Changed, terms: readonly VersionTerms[], nameOf: NameOf): DescribedComparison[] {
  const of = (version: number) => terms.find((one) => one.subject === live.id && one.version === version)?.terms;
  const [before, after] = [of(earlier.version), of(live.version)];
  if (!before || !after) return [];
  return compareTerms(before, after)
    .filter(({ relation }) => relation !== "same")
    .map((comparison) => describeComparison(comparison, before, after, nameOf));
}

function notesSince(earlier: Earlier, notes: readonly ChangeNote[]): string[] {
  return notes.filter((one) => one.subject === earlier.subject && one.version > earlier.version).map((one) => `Version ${one.version}: ${one.note}`);
}
