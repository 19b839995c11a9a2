import type { QuestionReason, QuestionView } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { readAsked, readPolicyStandings, readUseStandings, type Asked, type PolicyStandingRow, type UseStanding } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { isDue } from "@/lib/domain/decision";
import { isPolicyDue } from "@/lib/domain/policy";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionOf, permissionQuestion, policyQuestion, type Drafted } from "./ask-questions-content";
import { serveQuestions } from "./ask-questions-serve";

/**
 * Everything this person must be asked now, changed deals first. Computed from what is published and their own answers;
 * nothing about being due is stored. What is given out is kept by its digest, as shown.
 */
export async function askQuestions(actor: Actor): Promise<QuestionView[]> {
  authorisePerson(actor);
  const db = database();
  const [asked, uses, policies] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id), readPolicyStandings(db, actor.id)]);
  if (asked === null || asked.forgotten) throw new Refusal("signed-out", "Open your personal link to go on.");
  return serveQuestions(db, actor.id, actor.channel, asked.now, dueNow(asked, uses, policies));
}

const urgency: { readonly [R in QuestionReason]: number } = { "use-changed": 0, "new-version": 1, expired: 2, "never-asked": 3, "your-choice": 4 };

function dueNow(asked: Asked, uses: readonly UseStanding[], policies: readonly PolicyStandingRow[]): Drafted[] {
  const permissions = uses.map((use) => {
    const reason = isDue({ basis: use.basis }, permissionOf(use), use.carries, asked.now, use.declinedCarries);
    return reason && permissionQuestion(asked, use, reason);
  });
  const texts = policies.map((policy) => {
    const reason = isPolicyDue({ number: policy.version, askedSince: policy.askedSince }, policy.answered);
    return reason && policyQuestion(asked, policy, reason);
  });
  return [...permissions, ...texts]
    .filter((drafted) => drafted !== null)
    .sort((a, b) => urgency[a.reason] - urgency[b.reason]);
}
