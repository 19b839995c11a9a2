import { z } from "zod";
import { requestId, text } from "./text";
import { roles, type Role } from "@/lib/domain/roles";

/** An e-mail address, in lower case: one account per address, however it is typed. */
export const emailAddress = z
  .string({ error: "Write an e-mail address such as ana@example.com." })
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("Write an e-mail address such as ana@example.com."));

/** A working day: after 12 hours staff sign in again. */
export const sessionSeconds = 12 * 60 * 60;

const role = z.enum(roles, { error: "Choose a role." });
const staffId = z.uuid("Reload the page and try again.");

/** A path on this site to go to afterwards; anything that could lead elsewhere becomes the studio. */
export const returnPath = z
  .string()
  .max(2000)
  .optional()
  .catch(undefined)
  .transform((path) => {
    if (path === undefined || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(path)) return "/studio";
    const here = "http://here.invalid";
    return URL.canParse(path, here) && new URL(path, here).origin === here ? path : "/studio";
  });

/** What is typed to sign in; never trimmed in the password, and judged only by the account. */
export const signInInput = z.strictObject({
  email: emailAddress,
  password: z.string({ error: "Type your password." }).min(1, "Type your password.").max(1000, "At most 1,000 characters."),
  returnTo: returnPath,
});
export type SignInInput = z.infer<typeof signInInput>;

/** A password to be: long, of more than a few characters, and kept as typed. */
export const newPassword = z
  .string({ error: "Choose a password." })
  .min(12, { error: "Use at least 12 characters; a short sentence is easy to remember.", abort: true })
  .max(200, "At most 200 characters.")
  .refine((value) => value.isWellFormed() && !value.includes("\u0000"), "The password holds a broken character. Type it again.")
  .refine((value) => new Set(value).size >= 5, "This repeats the same few characters. Mix in more different ones.");

/** Joining by a one-time link; the first admin says their address, everybody else was invited at theirs. */
export const joinInput = z.strictObject({
  token: z.string().max(200),
  requestId,
  name: text({ max: 100, what: "Your name" }),
  email: emailAddress.optional(),
  password: newPassword,
});
export type JoinInput = z.infer<typeof joinInput>;

export const inviteInput = z.strictObject({ requestId, email: emailAddress, role });
export type InviteInput = z.infer<typeof inviteInput>;

export const changeRoleInput = z.strictObject({ requestId, staff: staffId, role });
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;

export const staffInput = z.strictObject({ requestId, staff: staffId });
export type StaffInput = z.infer<typeof staffInput>;

export const revokeInvitationInput = z.strictObject({ requestId, invitation: z.uuid("Reload the page and try again.") });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

/** Where a list goes on: the id of the last row shown. */
export const afterId = z.uuid().optional().catch(undefined);

/** One colleague, as the team page shows them. */
export type TeamMember = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joinedAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSignInAt: Date | null;
};

/** An invitation that can still be used, or has run out. */
export type OpenInvitation = {
  readonly id: string;
  /** Null for the first admin's link. */
  readonly email: string | null;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
};

export type TeamView = {
  readonly members: readonly TeamMember[];
  /** The id to go on after, when there are more. */
  readonly next: string | null;
  readonly invitations: readonly OpenInvitation[];
};

/** What the holder of a link may know before joining. */
export type InvitationView = { readonly email: string | null; readonly role: Role; readonly organisation: string };

/** Shown once, to whoever invited. `mailed` says whether it also went out by e-mail. */
export type InvitedView = { readonly email: string; readonly role: Role; readonly link: string; readonly expiresAt: Date; readonly mailed: boolean };
