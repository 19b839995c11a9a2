import type { AnswersExport, Download } from "@/lib/contract/export";
import { dayOf } from "@/lib/contract/report";
import { answersCsv, countAnswers, hasVersion } from "@/lib/data/exports";
import { findSubject } from "@/lib/data/reports";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { download } from "@/lib/usecases/export-acceptance-door";

/**
 * Every answer that people last gave to exactly one version, one row a person, known by their random id alone.
 * Throws `forbidden`, `not-found`, `link-expired` or `idempotency-conflict`.
 */
export async function exportAnswers(actor: Actor, input: AnswersExport): Promise<Download> {
  authorise(actor, "export.create");
  const { kind, key, version } = input;
  let id = "";
  return download(actor, input.request, {
    what: "answers",
    subject: `${kind}:${key}@${version}`,
    filename: (now) => `answers-${key}-version-${version}-${dayOf(now)}.csv`,
    count: async (snapshot) => {
      const subject = await findSubject(snapshot.moment, kind, key);
      if (!subject || !(await hasVersion(snapshot, kind, subject.id, version))) throw new Refusal("not-found", "There is no such version.");
      id = subject.id;
      return countAnswers(snapshot, id, version);
    },
    chunks: (snapshot) => answersCsv(snapshot, kind, id, version),
  });
}
