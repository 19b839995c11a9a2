import type { PolicyListItem } from "@/lib/contract/policy-views";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { listPolicyRows } from "@/lib/data/policies";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

const page = 50;

/** Every policy by title, a page at a time; `after` is the key of the last one seen. */
export async function listPolicies(actor: Actor, input: { after?: string | undefined }): Promise<{ policies: readonly PolicyListItem[]; next: string | null; now: Date }> {
  authorise(actor, "studio.read");
  const now = await databaseNow(database());
  const rows = await listPolicyRows(database(), now, input.after ?? null, page + 1);
  const policies = rows.slice(0, page);
  return { policies, next: rows.length > page ? (policies.at(-1)?.key ?? null) : null, now };
}
