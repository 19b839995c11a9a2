import type { QuestionView } from "@/lib/contract/question";
import { key as keyOf } from "@/lib/contract/text";
import { database } from "@/lib/data/client";
import { findPolicyId, findUseId } from "@/lib/data/permissions";
import { readAsked, readPolicyStandings, readUseStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { isDue } from "@/lib/domain/decision";
import { leavesChoice } from "@/lib/domain/legal-basis";
import { isPolicyDue } from "@/lib/domain/policy";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionOf, permissionQuestion, policyQuestion, type Drafted } from "./ask-questions-content";
import { serveQuestions } from "./ask-questions-serve";

/**
 * One question as it reads now, due or not: a person may come back to what they answered at any time.
 * Throws `not-found` where nothing is asked about it (any more).
 */
export async function askQuestionsAgain(actor: Actor, about: { kind: "permission" | "policy"; key: string }): Promise<QuestionView> {
  authorisePerson(actor);
  const named = keyOf.safeParse(about.key).success;
  const id = named && (await (about.kind === "permission" ? findUseId(database(), about.key) : findPolicyId(database(), about.key)));
  const question = id && (await questionNow(actor, { kind: about.kind, id }));
  if (!question) throw new Refusal("not-found", "Nothing is asked about this at the moment.");
  return question;
}

/**
 * The same by id; null where nothing is asked. `audience`: of policies, for whom they may be (null: for whomever, since
 * they were asked about it). For within other use cases, which have authorised.
 */
export async function questionNow(
  person: { id: string; channel: string },
  about: { kind: "permission" | "policy"; id: string },
  audience: string | null = "customers",
): Promise<QuestionView | null> {
  const db = database();
  const asked = await readAsked(db, person.id);
  if (asked === null || asked.forgotten) return null;
  let drafted: Drafted | null = null;
  if (about.kind === "permission") {
    const [use] = await readUseStandings(db, person.id, [about.id]);
    const reason = use && isDue({ basis: use.basis }, permissionOf(use), use.carries, asked.now, use.declinedCarries);
    drafted = use && leavesChoice(use.basis) ? permissionQuestion(asked, use, reason ?? "your-choice") : null;
  } else {
    const [policy] = await readPolicyStandings(db, person.id, [about.id], audience);
    const reason = policy && isPolicyDue({ number: policy.version, askedSince: policy.askedSince }, policy.answered);
    drafted = policy ? policyQuestion(asked, policy, reason ?? "your-choice") : null;
  }
  if (drafted === null) return null;
  const [question] = await serveQuestions(db, person.id, person.channel, asked.now, [drafted]);
  return question ?? null;
}
