import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { emailAddress } from "./staff";
import { locale, requestId, text } from "./text";

/** An empty box in a form means that nothing was said. */
const said = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const identity = {
  /** What the host calls the person; kept exactly as given. */
  ref: said(personRef),
  email: said(emailAddress),
  name: said(text({ max: 200, what: "The name" })),
  locale: said(locale),
};

export const addPersonInput = z
  .strictObject(identity)
  .refine(({ ref, email }) => ref !== undefined || email !== undefined, {
    message: "Give an e-mail address or a customer number, so that the person can be found again.",
    path: ["email"],
  });
export type AddPersonInput = z.infer<typeof addPersonInput>;

export const personId = z.uuid("Choose a person.");
export const invitePersonInput = z.strictObject({ person: personId, requestId });
export type InvitePersonInput = z.infer<typeof invitePersonInput>;

/** `leaveAlone`: their address and ref are not taken in or written to again. */
export const forgetPersonInput = z.strictObject({ person: personId, requestId, leaveAlone: z.boolean() });
export type ForgetPersonInput = z.infer<typeof forgetPersonInput>;
/** The same from a form, where a box that is not ticked says nothing. */
export const forgetPersonForm = forgetPersonInput.extend({ leaveAlone: z.literal("on").optional().transform((word) => word === "on") });

export const staffLinkInput = z.strictObject({ person: personId, requestId });

export const requestPersonLinkInput = z.strictObject({ email: emailAddress });
export const openPersonLinkInput = z.strictObject({ token: z.string().max(200) });

/** What staff type to find one person: a customer number or an e-mail address, exactly. */
export const findPersonInput = z.strictObject({ who: text({ max: 254, what: "A customer number or e-mail address" }) });

/** What identifies a person, unsealed; all null once they are forgotten. */
export type PersonIdentity = { readonly ref: string | null; readonly email: string | null; readonly name: string | null };

/** One line of the People page. */
export type PersonLine = PersonIdentity & {
  readonly id: string;
  readonly createdAt: Date;
  readonly forgotten: boolean;
  /** How many questions wait for them now. */
  readonly due: number;
};

export type PeoplePage = {
  readonly people: readonly PersonLine[];
  /** Everybody known, not only this page. */
  readonly total: number;
  /** Ids to go on from; null at either end. */
  readonly newer: string | null;
  readonly older: string | null;
  /** Whether this member of staff may add somebody. */
  readonly mayAdd: boolean;
};

/** What a host sends for a link to the person's own page. */
export const linkAsked = z.strictObject({ person: personRef });

export const linkCall = call({
  name: "mintLink",
  method: "post",
  path: "/v1/links",
  scope: "ask",
  summary: "A link to a person's own page",
  description: "A one-time link for somebody whom the host has signed in itself. A ref that is new becomes a person: the host vouches for it.",
  body: linkAsked,
  reply: { status: 201, body: z.strictObject({ link: z.url().describe("Opens the page once."), expiresAt: z.iso.datetime().describe("Until when it does.") }), description: "The link, shown once." },
  example: { body: { person: "customer-4711" }, reply: { link: "https://privacy.example.com/me/open/Vq8mZ0r…", expiresAt: "2026-11-22T10:30:00.000Z" } },
  refusals: ["not-found", "suppressed"],
});

export const forgetPersonCall = call({
  name: "forgetPerson",
  method: "delete",
  path: "/v1/people/{ref}",
  scope: "remember",
  summary: "Forget a person",
  description: "What identifies the person and everything remembered for them is gone when this returns; their entries stay in the ledger under a random id that leads nowhere. A ref that nobody has (any more) is `not-found`; the same request with the same `Idempotency-Key` is 204 again.",
  params: z.strictObject({ ref: personRef }),
  query: z.strictObject({
    leaveAlone: z
      .enum(["true", "false"], { error: "Say true or false." })
      .default("false")
      .transform((word) => word === "true")
      .meta({ description: "Their ref and address are not taken in or written to again. Of both only a keyed hash is kept." }),
  }),
  reply: { status: 204, description: "Forgotten." },
  refusals: ["not-found"],
});

/** A link, shown once. */
export type PersonLinkView = { readonly link: string; readonly expiresAt: Date };

/** What the frame around a person's own pages says. */
export type PersonFrameView = {
  readonly organisation: string;
  readonly name: string | null;
  readonly contactEmail: string | null;
  readonly due: number;
};

/** Where the list of people goes on: an id that a page before gave. What makes no sense begins at the newest. */
export const peoplePageQuery = z
  .object({ older: z.uuid().optional().catch(undefined), newer: z.uuid().optional().catch(undefined) })
  .transform(({ older, newer }) => ({ ...(older ? { older } : newer ? { newer } : {}) }));
