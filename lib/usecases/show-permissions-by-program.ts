import type { PermissionsReply as Reply, PermissionView, PolicyStandingView } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { findPersonIdByRef } from "@/lib/data/persons";
import { readAsked, readPolicyStandings, readUseStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { permissionView, policyStandingView } from "./show-permissions-of";

/** Where a person stands with every data use and policy in force. Throws `not-found` for somebody nobody has met. */
export async function showPermissionsByProgram(actor: Actor, ref: string): Promise<Reply> {
  authoriseProgram(actor, "ask");
  const db = database();
  const id = await findPersonIdByRef(db, ref);
  const asked = id === null ? null : await readAsked(db, id);
  if (id === null || asked === null || asked.forgotten) throw new Refusal("not-found", "There is no such person.");
  const [uses, policies] = await Promise.all([readUseStandings(db, id), readPolicyStandings(db, id)]);
  return {
    permissions: uses.map((use) => permissionOf(permissionView(asked, use))),
    policies: policies.map((policy) => policyOf(policyStandingView(asked, policy))),
  };
}

function permissionOf({ use, name, liveVersion: version, state, allowed, reason, due, answered }: PermissionView): Reply["permissions"][number] {
  const { expiresAt, once, usedAt, declined, imported } = answered ?? {};
  return {
    use,
    name,
    version,
    state,
    allowed,
    reason,
    ...answerOf(answered, due),
    ...(expiresAt ? { until: expiresAt.toISOString() } : {}),
    ...(once ? { once } : {}),
    ...(usedAt ? { usedAt: usedAt.toISOString() } : {}),
    ...(declined ? { declined } : {}),
    ...(imported ? { imported: { source: imported.source, answeredAt: imported.answeredAt.toISOString() } } : {}),
  };
}

function policyOf({ policy, name, version, asks, state, due, answered }: PolicyStandingView): Reply["policies"][number] {
  return { policy, name, version, asks, state, ...answerOf(answered, due) };
}

type Answered = { readonly version: number; readonly at: Date; readonly index: number; readonly channel: string };

function answerOf(answered: Answered | null, due: PermissionView["due"] | PolicyStandingView["due"]) {
  const stands = answered === null ? {} : { answeredVersion: answered.version, answeredAt: answered.at.toISOString(), index: answered.index, channel: answered.channel };
  return { ...stands, ...(due === null ? {} : { due }) };
}
