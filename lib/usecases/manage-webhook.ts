import type { WebhookActInput } from "@/lib/contract/webhook";
import type { Door } from "@/lib/data/ledger/write";
import { writeToLedger } from "@/lib/data/ledger/write";
import { findWebhook, type WebhookRow } from "@/lib/data/webhooks";
import type { StaffActor } from "@/lib/domain/actor";
import type { Entry, Fact } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { otherRequest } from "@/lib/usecases/same-request";

type About = Extract<Fact, { kind: "webhook-changed" | "webhook-removed" }>;

/** One act of an admin on one subscriber, with its entry; the same request again does nothing more. Whoever calls has authorised. */
export async function manageWebhook(actor: StaffActor, input: WebhookActInput, act: (door: Door, webhook: WebhookRow) => Promise<About>): Promise<"done" | "before"> {
  return writeToLedger<"done" | "before">(
    { staff: actor.id },
    input.requestId,
    async (door) => {
      await authoriseNow(door.tx, actor, "key.manage");
      const webhook = await findWebhook(door.tx, input.webhook);
      if (!webhook) throw new Refusal("not-found", "There is no such webhook, or it was removed.");
      door.append(await act(door, webhook));
      return "done";
    },
    async (_tx, entries) => {
      if (!entries.some((entry) => isAbout(entry, input.webhook))) throw otherRequest();
      return "before";
    },
  );
}

const isAbout = (entry: Entry, webhook: string): boolean => (entry.kind === "webhook-changed" || entry.kind === "webhook-removed") && entry.webhook === webhook;
