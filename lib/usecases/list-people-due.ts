import type { Tx } from "@/lib/data/client";
import { readDueFacts } from "@/lib/data/questions";
import { isDue } from "@/lib/domain/decision";
import { isPolicyDue } from "@/lib/domain/policy";

/** How many questions wait for each of these people now. */
export async function countDue(db: Tx, personIds: readonly string[]): Promise<Map<string, number>> {
  const { now, uses, policies } = await readDueFacts(db, personIds);
  const due = [
    ...uses.filter(({ basis, state, answered, expiresAt, declined, usedAt, carries, declinedCarries }) => {
      const permission = state === null || answered === null ? null : { state, version: answered, expiresAt, declined, spent: usedAt !== null };
      return isDue({ basis }, permission, carries, now, declinedCarries) !== null;
    }),
    ...policies.filter(({ version, askedSince, answered }) => isPolicyDue({ number: version, askedSince }, answered) !== null),
  ];
  const counts = new Map(personIds.map((id) => [id, 0]));
  for (const { person } of due) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}
