import { factKinds } from "@/lib/contract/ledger";
import { courseOf, type CourseQuery, type OverviewView } from "@/lib/contract/report";
import { readLedgerSize, readNames, readRecent } from "@/lib/data/ledger-reading";
import { readScheduled, readWaiting } from "@/lib/data/overview";
import { readAllDays } from "@/lib/data/report-days";
import { atOneMoment, readCounted, readPeople } from "@/lib/data/reports";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { ledgerLine } from "@/lib/usecases/list-ledger-lines";
import { standingsOf } from "@/lib/usecases/show-report-standings";

const mostSubjects = 12;
const mostWaiting = 20;
const mostRecent = 8;

/** What staff and the house did; what customers answer is counted, not listed. */
const acts = factKinds.filter((kind) => !["permission-answered", "permission-used", "policy-answered", "person-invited"].includes(kind));

/**
 * What an officer or compliance wants to see at a glance, all of one moment: what waits, where people stand, what
 * happened. Read from tallies, versions and the newest entries, so it costs the same for any number of people.
 */
export async function showOverview(actor: Actor, query: CourseQuery): Promise<OverviewView> {
  authorise(actor, "studio.read");
  return atOneMoment(async (moment) => {
    const { people, now } = await readPeople(moment);
    const uses = await readCounted(moment, "use", null, mostSubjects);
    const policies = await readCounted(moment, "policy", null, mostSubjects);
    const recent = await readRecent(moment, acts, mostRecent);
    const names = await readNames(recent, moment);
    return {
      now,
      people,
      ledger: await readLedgerSize(moment),
      waiting: await readWaiting(moment, mostWaiting),
      scheduled: await readScheduled(moment, mostWaiting),
      uses: await standingsOf(moment, uses.slice(0, mostSubjects), people),
      policies: await standingsOf(moment, policies.slice(0, mostSubjects), people),
      more: uses.length > mostSubjects || policies.length > mostSubjects,
      course: courseOf(await readAllDays(moment, now, query), now, query),
      recent: recent.map((entry) => ledgerLine(entry, names)),
      can: { write: may(actor, "use.write"), invite: may(actor, "team.manage") },
    };
  });
}
