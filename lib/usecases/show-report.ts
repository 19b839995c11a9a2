import { countStanding, courseOf, type CourseQuery, type ReportKind, type ReportView } from "@/lib/contract/report";
import { readDays } from "@/lib/data/report-days";
import { answersByVersion, atOneMoment, findSubject, readAnswers, readPeople, readVersions } from "@/lib/data/reports";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { standingsOf } from "@/lib/usecases/show-report-standings";

const versionsAPage = 12;

/** One data use or policy: where everybody stands with each of its versions, and the answers over time. Throws `not-found`. */
export async function showReport(actor: Actor, kind: ReportKind, key: string, below: number | null, query: CourseQuery): Promise<ReportView> {
  authorise(actor, "report.read");
  return atOneMoment(async (moment) => {
    const subject = await findSubject(moment, kind, key);
    if (!subject) throw new Refusal("not-found", "There is no such report.");
    const { people, now } = await readPeople(moment);
    const { id, name, live } = subject;
    const found = await readVersions(moment, kind, id, below, versionsAPage);
    const shown = found.slice(0, versionsAPage);
    const answersTo = answersByVersion(await readAnswers(moment, kind, shown.map(({ version }) => ({ id, version }))));
    const days = await readDays(moment, [{ subject: id, from: 0 }], now, query);
    const [standing] = live ? await standingsOf(moment, [live], people) : [];
    return {
      subject: { kind, key, name },
      people,
      live: standing ?? null,
      versions: shown.map(({ version, publishedAt, inForceFrom }) => {
        const inForce = version === live?.version;
        const answers = answersTo({ id, version });
        return {
          version,
          inForce,
          publishedAt,
          inForceFrom,
          standing: countStanding(kind, answers, people, inForce && live.asks),
          answers: answers.filter((one) => one.answered === version).reduce((sum, one) => sum + one.count, 0),
        };
      }),
      older: found.length > versionsAPage ? (shown.at(-1)?.version ?? null) : null,
      course: courseOf(days.get(id) ?? [], now, query),
      can: { export: may(actor, "export.create") },
    };
  });
}
