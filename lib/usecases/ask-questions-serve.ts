import type { QuestionView } from "@/lib/contract/question";
import { toHex } from "@/lib/data/digest";
import type { Tx } from "@/lib/data/client";
import { questionLifetime, signQuestion } from "@/lib/data/question-token";
import { keepServed, keptForm, type Kept } from "@/lib/data/shown-content";
import type { Drafted } from "./ask-questions-content";

/** Keeps what is about to be shown, notes that it was, and hands each question out under a token of its own. */
export async function serveQuestions(db: Tx, person: string, channel: string, now: Date, drafted: readonly Drafted[]): Promise<QuestionView[]> {
  const kept = drafted.map(({ content }) => keptForm(content));
  await keepServed(db, person, channel, kept);
  return drafted.map((one, place) => handedOut(person, now, one, kept[place]!));
}

/** A question under a token of its own, once it is kept and noted as served. */
export function handedOut(person: string, now: Date, { id, reason, answeredVersion, content }: Drafted, kept: Kept): QuestionView {
  const digest = toHex(kept.digest);
  const exp = Math.floor(now.getTime() / 1000) + questionLifetime;
  const token = signQuestion({ person, kind: content.kind, id, version: content.version, digest, exp });
  const { locale, title, question, benefit, ifNo, terms, changes, choices, version } = content;
  const shown = { token, version, answeredVersion, reason, locale, title, question, benefit, ifNo, terms, changes, choices, digest };
  const signal = content.kind === "permission" && content.signal !== undefined ? { signal: content.signal } : {};
  return content.kind === "permission" ? { kind: content.kind, use: content.use, ...shown, ...signal } : { kind: content.kind, policy: content.policy, ...shown };
}
