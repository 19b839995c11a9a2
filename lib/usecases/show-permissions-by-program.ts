import type { PermissionsReply as Reply } from "@/lib/contract/permission";
import { readStandingsOf, type Standings } from "@/lib/data/standings";
import { anyone } from "@/lib/domain/actor";
import { decide, isDue } from "@/lib/domain/decision";
import { isPolicyDue } from "@/lib/domain/policy";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * Where a person stands with every data use and policy in force. The key is looked up in the same statement, and judged
 * before anything else that it found. Throws `not-found` for somebody nobody has met.
 */
export async function showPermissionsByProgram(apiKey: string, ref: string): Promise<Reply> {
  const found = await readStandingsOf({ ref, apiKey });
  authoriseProgram(found.program ?? anyone, "ask");
  if (found.person === null) throw new Refusal("not-found", "There is no such person.");
  return { permissions: found.uses.map((use) => permissionOf(use, found)), policies: found.policies.map((policy) => policyOf(policy, found)) };
}

function permissionOf({ id, key: use, name, version, basis, askable }: Standings["uses"][number], { answers, signals, now }: Standings): Reply["permissions"][number] {
  const answer = answers.get(id) ?? null;
  const permission = answer && { state: answer.state, version: answer.version, expiresAt: answer.expiresAt, declined: answer.declined, spent: answer.usedAt !== null };
  const live = { version, basis };
  const [carries, declinedCarries] = [answer?.carries ?? false, answer?.declinedCarries ?? false];
  const due = askable ? isDue(live, permission, carries, now, declinedCarries) : null;
  return {
    use,
    name,
    version,
    state: answer?.state ?? "never-asked",
    ...decide({ requested: live, live, permission, carries, declinedCarries, signal: signals[id] ?? null, now }),
    ...answeredBy(answer),
    ...(due === null ? {} : { due }),
    ...(answer?.expiresAt ? { until: answer.expiresAt.toISOString() } : {}),
    ...(answer?.once ? { once: true } : {}),
    ...(answer?.usedAt ? { usedAt: answer.usedAt.toISOString() } : {}),
    ...(answer?.declined ? { declined: answer.declined } : {}),
    ...(answer?.importedFrom && answer.importedAt ? { imported: { source: answer.importedFrom, answeredAt: answer.importedAt.toISOString() } } : {}),
  };
}

function policyOf({ id, key: policy, name, asks, version, askedSince }: Standings["policies"][number], { acceptances }: Standings): Reply["policies"][number] {
  const answer = acceptances.get(id) ?? null;
  const due = asks === "nothing" ? null : isPolicyDue({ number: version, askedSince }, answer?.version ?? null);
  return { policy, name, version, asks, state: answer?.state ?? "never-asked", ...answeredBy(answer), ...(due === null ? {} : { due }) };
}

type Answered = { readonly version: number; readonly answeredAt: Date; readonly index: number; readonly channel: string };

const answeredBy = (answer: Answered | null) => (answer === null ? {} : { answeredVersion: answer.version, answeredAt: answer.answeredAt.toISOString(), index: answer.index, channel: answer.channel });
