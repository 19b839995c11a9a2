import { z } from "zod";
import { call } from "./call";
import { requestId, text } from "./text";
import type { DeliveryState } from "@/lib/domain/webhook";
import { eventKinds, type EventKind } from "@/lib/domain/webhook";

const wrong = "Write the whole address, such as https://shop.example.com/handshake.";

/** Where a subscriber listens. That it leads to the public internet is judged at every delivery. */
export const webhookUrl = z
  .string({ error: wrong })
  .trim()
  .max(2_000, "This address is too long: at most 2,000 characters.")
  // What is no address at all is not looked at further.
  .pipe(z.url({ protocol: /^https?$/, error: wrong, abort: true }))
  .refine((url) => new URL(url).username === "" && new URL(url).password === "", "An address with a user name or password in it cannot be used; every message is signed instead.")
  .refine((url) => new URL(url).hash === "", "Leave out what follows #; it is never sent.");

const kinds = z
  .array(z.enum(eventKinds, { error: "Choose from the list." }), { error: "Choose at least one thing to be told of." })
  .min(1, "Choose at least one thing to be told of.")
  .transform((chosen) => eventKinds.filter((kind) => chosen.includes(kind)));

const said = { name: text({ max: 80, what: "The name" }), url: webhookUrl, kinds, confirms: z.literal("on").optional().transform((word) => word === "on") };

export const addWebhookInput = z.strictObject({ requestId, ...said });
export type AddWebhookInput = z.infer<typeof addWebhookInput>;

export const webhookId = z.uuid("Reload the page and try again.");
export const changeWebhookInput = z.strictObject({ requestId, webhook: webhookId, ...said });
export type ChangeWebhookInput = z.infer<typeof changeWebhookInput>;

/** What staff do to a subscriber by one button. */
export const webhookActInput = z.strictObject({ requestId, webhook: webhookId });
export type WebhookActInput = z.infer<typeof webhookActInput>;

/** One delivery, or all that are parked. */
export const replayInput = z.strictObject({ webhook: webhookId, delivery: z.uuid("Reload the page and try again.").optional() });
export type ReplayInput = z.infer<typeof replayInput>;

export const deliveriesQuery = z.object({
  /** Deliveries older than this place. */
  before: z.string().regex(/^\d{1,18}$/).optional().catch(undefined),
  state: z.enum(["waiting", "parked"]).optional().catch(undefined),
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;

export type WebhookView = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly EventKind[];
  readonly confirms: boolean;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  /** Since when nothing gets through; null while all is well. */
  readonly failingSince: Date | null;
  /** Until when the secret before still vouches beside the new one. */
  readonly oldSecretUntil: Date | null;
  readonly waiting: number;
  readonly parked: number;
};

export type DeliveryView = {
  readonly id: string;
  readonly kind: EventKind | "test";
  /** Random id of the customer it is about; never a name. */
  readonly person: string | null;
  /** Key of the data use or policy. */
  readonly about: string | null;
  readonly at: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** The status or the error's code of the last try. */
  readonly lastCode: string | null;
  readonly nextTry: Date | null;
};

export type WebhookPage = { readonly webhook: WebhookView; readonly deliveries: readonly DeliveryView[]; readonly older: string | null; readonly state: "waiting" | "parked" | null; readonly now: Date };

/** `secret` is there once, for whoever made it; asked again with the same request it is null. */
export type WebhookSecretView = { readonly id: string; readonly name: string; readonly secret: string | null };

/** How far one subscriber has come with the end of a permission. */
export type PassedOn = { readonly name: string; readonly state: DeliveryState; readonly done: boolean; readonly at: Date | null };

/** What ended a permission (see `ends_permission`), or that somebody was forgotten; `use` is null for the latter. */
export type Ending = {
  readonly index: number;
  readonly use: string | null;
  readonly at: Date;
  /** Whether it still stands. */
  readonly current: boolean;
  readonly passed: readonly PassedOn[];
};

export const confirmationAsked = z.strictObject({
  event: z.uuid("This is the webhook-id of the message.").describe("The `webhook-id` of the message that was acted on."),
});

export const confirmationCall = call({
  name: "confirmEvent",
  method: "post",
  path: "/v1/webhooks/confirmations",
  scope: "remember",
  summary: "A subscriber has acted on what it was told",
  description:
    "For subscribers that confirm: after a permission ended or somebody was forgotten, say that your systems have followed. Staff and the customer see who has and who has not. Name the message by the `webhook-id` it came with; saying it again changes nothing.",
  body: confirmationAsked,
  reply: { status: 200, body: z.strictObject({ event: z.uuid().describe("The same id."), confirmedAt: z.iso.datetime().describe("When it was confirmed first.") }), description: "Since when it is confirmed." },
  example: { body: { event: "5b1f0c5e-8d0c-4a55-9a3d-3f6f0b1f7c2e" } },
  idempotency: "none",
  refusals: ["not-found"],
});
