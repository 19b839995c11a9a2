import type { AcceptanceExport, Download } from "@/lib/contract/export";
import { countStanding, dayOf, type ReportKind } from "@/lib/contract/report";
import { countVersions, csvBytes, readExportedVersions, type ExportedVersion, type Snapshot } from "@/lib/data/exports";
import { answersByVersion, readAnswers, readPeople } from "@/lib/data/reports";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { download } from "@/lib/usecases/export-acceptance-door";

const columns = ["kind", "key", "name", "version", "in force", "published at (UTC)", "granted or accepted", "refused", "withdrawn", "objected", "due", "answered another version", "never asked"];
const subjectsAtOnce = 25;

/**
 * The acceptance of every version that is or was in force, as CSV. Each row counts everybody once, so its numbers add up
 * to all people. The numbers are those at the ledger entry that the download makes.
 * Throws `forbidden`, `link-expired` or `idempotency-conflict`.
 */
export async function exportAcceptance(actor: Actor, input: AcceptanceExport): Promise<Download> {
  authorise(actor, "export.create");
  return download(actor, input.request, {
    what: "acceptance",
    subject: "all",
    filename: (now) => `acceptance-per-version-${dayOf(now)}.csv`,
    count: countVersions,
    chunks: acceptanceCsv,
  });
}

async function* acceptanceCsv(snapshot: Snapshot): AsyncGenerator<Uint8Array> {
  yield csvBytes([], columns);
  const { people } = await readPeople(snapshot.moment);
  for (const kind of ["use", "policy"] as const) {
    let after = "";
    for (;;) {
      const versions = await readExportedVersions(snapshot, kind, after, subjectsAtOnce);
      const last = versions.at(-1);
      if (!last) break;
      yield csvBytes(await rowsOf(snapshot, kind, versions, people));
      after = last.key;
    }
  }
}

async function rowsOf({ moment }: Snapshot, kind: ReportKind, versions: readonly ExportedVersion[], people: number): Promise<(string | number)[][]> {
  const answersTo = answersByVersion(await readAnswers(moment, kind, versions));
  return versions.map((one) => {
    const counts = countStanding(kind, answersTo(one), people, one.inForce && one.asks);
    return [
      kind === "use" ? "data use" : "policy",
      one.key,
      one.name,
      one.version,
      one.inForce ? "yes" : "no",
      one.publishedAt.toISOString(),
      counts.accepted,
      counts.refused,
      counts.withdrawn,
      counts.objected,
      counts.due,
      counts.elsewhere,
      counts.neverAsked,
    ];
  });
}
