import { CourseChart } from "@/components/report/course";
import { peopleInWords, reportHref, subjectHref } from "@/components/report/words";
import { Card } from "@/components/ui/card";
import { figure } from "@/components/ui/chart-series";
import { Disclosure } from "@/components/ui/disclosure";
import { Progress } from "@/components/ui/progress";
import { RelationBadge } from "@/components/ui/relation-badge";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { EarlierAnswers, ReAskView } from "@/lib/contract/report";

/** One change: what it is, whom it asks, how far that has come, and whom it leaves in peace. */
export function ReAsk({ item, now }: { item: ReAskView; now: Date }) {
  const all = item.due + item.answered;
  return (
    <Card
      as="article"
      padding="lg"
      title={<TextLink quiet href={subjectHref(item)}>{item.name}</TextLink>}
      description={<>{`${item.kind === "use" ? "Data use" : "Policy"}, version ${item.version}, since `}<Time at={item.since} show="date" />{" ("}<Time at={item.since} show="relative" now={now} />)</>}
      actions={item.due > 0 ? <StatusBadge status="due" detail={peopleInWords(item.due)} /> : <StatusBadge status={item.kind === "use" ? "granted" : "accepted"} label="Nobody is left to ask" />}
    >
      <div className="grid grid-cols-1 gap-x-10 gap-y-7 lg:grid-cols-2">
        <div className="space-y-6">
          <Progress
            label={`Answered version ${item.version}`}
            value={item.answered}
            max={Math.max(all, 1)}
            detail={`${figure(item.answered)} of ${figure(all)}`}
          />
          <p className="text-sm text-muted">
            {item.due === 0
              ? "Everybody who had answered an earlier version has answered again, or need not."
              : `${peopleInWords(item.due)} answered an earlier version and will be asked again. People asked for the first time count as answered, too.`}
          </p>
          {item.asked.map((earlier) => <Earlier key={earlier.version} item={item} earlier={earlier} />)}
          {item.carried.length === 0 ? null : <Carried carried={item.carried} />}
        </div>
        <div>
          <CourseChart title={`Answers to version ${item.version} until each day`} course={item.course} markers={[{ at: item.since.toISOString(), label: `Version ${item.version}` }]} />
          <p className="mt-4 text-sm"><TextLink href={reportHref(item)}>Open the report</TextLink></p>
        </div>
      </div>
    </Card>
  );
}

function Earlier({ item, earlier }: { item: ReAskView; earlier: EarlierAnswers }) {
  const compare = item.kind === "use" ? `/studio/uses/${item.key}/compare?from=${earlier.version}&to=${item.version}` : null;
  return (
    <section aria-label={`${item.name}, version ${item.version}: changed since version ${earlier.version}`}>
      <h3 className="text-sm font-semibold text-ink">
        {`Changed since version ${earlier.version}`}
        <span className="font-normal text-muted">{earlier.people > 0 ? ` · ${peopleInWords(earlier.people)} to be asked again` : " · nobody is left"}</span>
      </h3>
      {earlier.changes.length > 0 ? (
        <ul className="mt-2 space-y-2">
          {earlier.changes.map((change) => (
            <li key={change.dimension} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-ink">
              <span className="min-w-0 flex-1">{withoutRelation(change.sentence, change.relation)}</span>
              <RelationBadge relation={change.relation} size="sm" />
            </li>
          ))}
        </ul>
      ) : null}
      {earlier.notes.length > 0 ? <ul className="mt-2 space-y-1 text-ink">{earlier.notes.map((note) => <li key={note}>{note}</li>)}</ul> : null}
      {earlier.changes.length === 0 && earlier.notes.length === 0 ? <p className="mt-1 text-muted">Nothing was noted about the change.</p> : null}
      {compare ? <p className="mt-2 text-sm"><TextLink href={compare}>{`Compare version ${earlier.version} with version ${item.version}`}</TextLink></p> : null}
    </section>
  );
}

/** The badge beside it says the relation. */
function withoutRelation(sentence: string, relation: string): string {
  const bare = sentence.endsWith(`: ${relation}`) ? sentence.slice(0, -relation.length - 2) : sentence;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function Carried({ carried }: { carried: readonly EarlierAnswers[] }) {
  const people = carried.reduce((sum, one) => sum + one.people, 0);
  return (
    <Disclosure summary={`Not asked again: ${peopleInWords(people)}`}>
      <ul className="space-y-2 text-muted">
        {carried.map((one) => (
          <li key={one.version}>
            {`${peopleInWords(one.people)} answered version ${one.version}, and the answer reaches this one: `}
            {one.changes.length === 0 ? "the terms are the same." : `${one.changes.map((change) => change.sentence).join("; ")}.`}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
