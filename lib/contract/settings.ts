import { z } from "zod";
import { emailAddress } from "./staff";
import { locale, requestId, text } from "./text";

/** What anyone may know of the organisation: whose policies these are, and whom to write to. */
export type OrganisationView = { readonly name: string; readonly contactEmail: string | null; readonly defaultLocale: string };

export type SettingsView = OrganisationView & {
  readonly reask: "any" | "wider";
  readonly twoPairsOfEyes: boolean;
  /** Names the state these were read in; changes are made to exactly that one. */
  readonly revision: string;
};

const head = { requestId, revision: z.iso.datetime("Reload the page and try again.") };
const noEmail = z.string().trim().max(0).transform(() => null);

/** One part of the settings at a time, as the page has them. */
export const changeSettingsInput = z.discriminatedUnion(
  "part",
  [
    z.strictObject({
      part: z.literal("organisation"),
      ...head,
      name: text({ max: 120, what: "The name" }),
      contactEmail: z.union([noEmail, emailAddress], { error: "Write an e-mail address such as privacy@example.com, or leave it empty." }),
      defaultLocale: locale,
    }),
    z.strictObject({ part: z.literal("reask"), ...head, reask: z.enum(["any", "wider"], { error: "Choose one of the two." }) }),
    z.strictObject({ part: z.literal("eyes"), ...head, twoPairsOfEyes: z.enum(["on", "off"], { error: "Choose on or off." }).transform((word) => word === "on") }),
  ],
  "Reload the page and try again.",
);
export type ChangeSettingsInput = z.infer<typeof changeSettingsInput>;
