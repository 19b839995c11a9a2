import type { QuestionView } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { readAsked, readPolicyStandings, readUseStandings, type Asked, type PolicyStandingRow, type UseStanding } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { isDue } from "@/lib/domain/decision";
import { isPolicyDue } from "@/lib/domain/policy";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionOf, permissionQuestion, policyQuestion, type Drafted } from "./ask-questions-content";
import { byImportance } from "./ask-questions-order";
import { serveQuestions } from "./ask-questions-serve";

/**
 * Everything this person must be asked now, most important first: they came to their own page, so nothing is held back.
 * Computed from what is published and their own answers; nothing about being due is stored. What is given out is kept by
 * its digest, as shown.
 */
export async function askQuestions(actor: Actor): Promise<QuestionView[]> {
  authorisePerson(actor);
  const db = database();
  const [asked, uses, policies] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id), readPolicyStandings(db, actor.id)]);
  if (asked === null || asked.forgotten) throw new Refusal("signed-out", "Open your personal link to go on.");
  return serveQuestions(db, actor.id, actor.channel, asked.now, dueNow(asked, uses, policies).sort(byImportance));
}

/** The questions that these standings leave to be asked, in no order. */
export function dueNow(asked: Asked, uses: readonly UseStanding[], policies: readonly PolicyStandingRow[]): Drafted[] {
  const permissions = uses.map((use) => {
    const reason = isDue({ basis: use.basis }, permissionOf(use), use.carries, asked.now, use.declinedCarries);
    return reason && permissionQuestion(asked, use, reason);
  });
  const texts = policies.map((policy) => {
    const reason = isPolicyDue({ number: policy.version, askedSince: policy.askedSince }, policy.answered);
    return reason && policyQuestion(asked, policy, reason);
  });
  return [...permissions, ...texts].filter((drafted) => drafted !== null);
}
