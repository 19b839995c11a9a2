import { questionView, type QuestionView } from "@/lib/contract/question";
import { toHex } from "@/lib/data/digest";
import type { Tx } from "@/lib/data/client";
import { questionLifetime, signQuestion } from "@/lib/data/question-token";
import { keepServed, keptForm } from "@/lib/data/shown-content";
import type { Drafted } from "./ask-questions-content";

/** Keeps what is about to be shown, notes that it was, and hands each question out under a token of its own. */
export async function serveQuestions(db: Tx, person: string, channel: string, now: Date, drafted: readonly Drafted[]): Promise<QuestionView[]> {
  const kept = drafted.map(({ content }) => keptForm(content));
  await keepServed(db, person, channel, kept);
  const exp = Math.floor(now.getTime() / 1000) + questionLifetime;
  return drafted.map(({ id, reason, answeredVersion, content }, place) => {
    const digest = toHex(kept[place]!.digest);
    const token = signQuestion({ person, kind: content.kind, id, version: content.version, digest, exp });
    const { locale, title, question, benefit, ifNo, terms, changes, choices, version } = content;
    const shown = { token, version, answeredVersion, reason, locale, title, question, benefit, ifNo, terms, changes, choices, digest };
    return questionView.parse(
      content.kind === "permission" ? { kind: content.kind, use: content.use, ...shown } : { kind: content.kind, policy: content.policy, ...shown },
    );
  });
}
