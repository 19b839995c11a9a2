import { z } from "zod";
import { emailAddress } from "./staff";
import { locale, requestId, text, whole } from "./text";

/** What anyone may know of the organisation: whose policies these are, and whom to write to. */
export type OrganisationView = { readonly name: string; readonly contactEmail: string | null; readonly defaultLocale: string };

export type SettingsView = OrganisationView & {
  readonly reask: "any" | "wider";
  readonly twoPairsOfEyes: boolean;
  /** How many questions a host application may put to somebody in one visit, and in one month; null for no limit. */
  readonly questionsPerVisit: number;
  readonly questionsPerMonth: number | null;
  /** For how many days what was remembered is kept out of reach after its permission ended; 0: destroyed at once. */
  readonly memoryFreezeDays: number;
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
    z.strictObject({
      part: z.literal("asking"),
      ...head,
      questionsPerVisit: whole("The number of questions in one visit", 1, 20),
      questionsPerMonth: z.union([z.literal("").transform(() => null), whole("The number of questions in one month", 1, 200)], {
        error: "Write a whole number from 1 to 200, or leave it empty for no limit.",
      }),
    }),
    z.strictObject({ part: z.literal("memory"), ...head, memoryFreezeDays: z.string().trim().regex(/^\d{1,3}$/, "The number of days is a whole number.").transform(Number).pipe(z.int().max(365, "The number of days is at most 365.")) }),
    z.strictObject({ part: z.literal("eyes"), ...head, twoPairsOfEyes: z.enum(["on", "off"], { error: "Choose on or off." }).transform((word) => word === "on") }),
  ],
  "Reload the page and try again.",
);
export type ChangeSettingsInput = z.infer<typeof changeSettingsInput>;
