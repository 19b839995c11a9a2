import type { ReportKind, ReportListView } from "@/lib/contract/report";
import { atOneMoment, readCounted, readPeople } from "@/lib/data/reports";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { standingsOf } from "@/lib/usecases/show-report-standings";

const subjectsAPage = 25;

/** Where people stand with everything in force of one kind, a page by key. All staff may read it. */
export async function listReports(actor: Actor, kind: ReportKind, after: string | null): Promise<ReportListView> {
  authorise(actor, "report.read");
  return atOneMoment(async (moment) => {
    const { people } = await readPeople(moment);
    const found = await readCounted(moment, kind, after, subjectsAPage);
    const shown = found.slice(0, subjectsAPage);
    return {
      kind,
      people,
      rows: await standingsOf(moment, shown, people),
      next: found.length > subjectsAPage ? (shown.at(-1)?.key ?? null) : null,
      can: { export: may(actor, "export.create") },
    };
  });
}
