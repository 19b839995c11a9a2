import { countStanding, type SubjectStanding } from "@/lib/contract/report";
import { answersByVersion, readAnswers, type Counted, type Moment } from "@/lib/data/reports";

/** Where people stand with each version in force; one query for all of one kind. */
export async function standingsOf(moment: Moment, counted: readonly Counted[], people: number): Promise<SubjectStanding[]> {
  const [kind] = counted.map((one) => one.kind);
  if (kind === undefined) return [];
  const answersTo = answersByVersion(await readAnswers(moment, kind, counted));
  return counted.map((one) => ({
    kind,
    key: one.key,
    name: one.name,
    version: one.version,
    since: one.since,
    asks: one.asks,
    standing: countStanding(kind, answersTo(one), people, one.asks),
  }));
}
