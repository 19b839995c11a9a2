import { answerKindOf, answerKinds, dayOf, type CourseQuery, type Day } from "@/lib/contract/report";
import type { Moment } from "@/lib/data/reports";
import { permissionStates } from "@/lib/domain/decision";
import { acceptanceStates } from "@/lib/domain/entry";

/** Which answers to count a day: those about a subject, from one version on. */
export type DaysOf = { readonly subject: string; readonly from: number };

const states = [...permissionStates, ...acceptanceStates];
const columns = answerKinds
  .map((kind) => `COALESCE(sum(d.count) FILTER (WHERE d.state IN (${states.filter((state) => answerKindOf(state) === kind).map((state) => `'${state}'`).join(", ")})), 0)::float8 AS ${kind}`)
  .join(", ");

/**
 * Answers given a day, in UTC, oldest first, by subject. Every answer counts on its day, those that were replaced later
 * too. For a course that adds up, everything before the first day comes as one count on the day before it.
 */
export async function readDays(moment: Moment, of: readonly DaysOf[], until: Date, query: CourseQuery): Promise<ReadonlyMap<string, readonly Day[]>> {
  const before = dayOf(until, query.days);
  const { rows } = await moment.query<Day & { subject: string }>(
    `SELECT s.subject, GREATEST(d.day, $3::date)::text AS day, ${columns}
       FROM unnest($1::uuid[], $2::int[]) s (subject, version)
       JOIN tally_day d ON d.subject = s.subject AND d.version >= s.version
      WHERE $4 OR d.day > $3::date
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [of.map((one) => one.subject), of.map((one) => one.from), before, query.course === "total"],
  );
  const days = new Map<string, Day[]>();
  for (const { subject, ...day } of rows) days.set(subject, [...(days.get(subject) ?? []), day]);
  return days;
}

/** Answers given a day about everything. */
export async function readAllDays(moment: Moment, until: Date, query: CourseQuery): Promise<Day[]> {
  const { rows } = await moment.query<Day>(
    `SELECT GREATEST(d.day, $1::date)::text AS day, ${columns}
       FROM (SELECT id FROM data_use UNION ALL SELECT id FROM policy) s JOIN tally_day d ON d.subject = s.id
      WHERE $2 OR d.day > $1::date GROUP BY 1 ORDER BY 1`,
    [dayOf(until, query.days), query.course === "total"],
  );
  return rows;
}
