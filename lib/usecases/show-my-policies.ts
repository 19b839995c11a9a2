import type { PolicyStandingView } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { readAsked, readPolicyStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { policyStandingView } from "./show-permissions-of";

/** Every policy in force for customers and where this person stands with it, by title. */
export async function showMyPolicies(actor: Actor): Promise<PolicyStandingView[]> {
  authorisePerson(actor);
  const db = database();
  const [asked, policies] = await Promise.all([readAsked(db, actor.id), readPolicyStandings(db, actor.id)]);
  if (asked === null || asked.forgotten) throw new Refusal("signed-out", "Open your personal link to go on.");
  return policies.map((policy) => policyStandingView(asked, policy));
}
