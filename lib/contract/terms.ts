import { z } from "zod";
import { countryCodes } from "@/lib/contract/countries";
import { taxonomyKey } from "@/lib/contract/taxonomy";
import { text } from "@/lib/contract/text";
import type { Fault } from "@/lib/domain/refusal";
import { automations, legalBases, recipientKinds, sharings, sources, type Retention, type Terms } from "@/lib/domain/terms";

const longest = { days: 36_500, months: 1_200, years: 100 } as const;
const noPurposeYet = "" as const;

/** Rows with an empty name are rows that nobody filled in, or emptied to remove them. */
const recipientRows = z
  .array(
    z.strictObject({
      name: text({ max: 120, min: 0, what: "The name" }),
      kind: z.enum(recipientKinds, { error: "Choose what they are to you." }),
    }),
    { error: "Name each recipient in a row of its own." },
  )
  .max(60, "At most 60 recipients.")
  .default([])
  .transform((rows) => rows.filter((row) => row.name !== ""));

/** How long, as officers say it; years are kept as months. */
const retentionFields = z
  .strictObject(
    {
      kind: z.enum(["period", "relationship", "indefinite"], { error: "Choose how long it is kept." }),
      count: z.string().trim().max(12).optional(),
      unit: z.enum(["days", "months", "years"], { error: "Choose days, months or years." }).default("months"),
    },
    { error: "Choose how long it is kept." },
  )
  .transform((fields, context): Retention => {
    if (fields.kind !== "period") return { kind: fields.kind };
    const fault = (message: string): Retention => {
      context.addIssue({ code: "custom", path: ["count"], message });
      return z.NEVER;
    };
    if (!fields.count) return fault("Write how many, such as 12.");
    const count = /^\d+$/.test(fields.count) ? Number(fields.count) : Number.NaN;
    if (!(count >= 1)) return fault("Write a whole number, 1 or more.");
    if (count > longest[fields.unit]) return fault(`At most ${longest[fields.unit].toLocaleString("en")} ${fields.unit}; or choose “no limit”.`);
    return fields.unit === "years" ? { kind: "period", count: count * 12, unit: "months" } : { kind: "period", count, unit: fields.unit };
  });

const benefitLines = text({ max: 4_000, min: 0, multiline: true, what: "This list" })
  .default("")
  .transform((lines, context) => {
    const benefits = lines.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    if (benefits.length > 20) context.addIssue({ code: "custom", message: "At most 20 promises; keep the ones that matter to people." });
    if (benefits.some((line) => line.length > 300)) context.addIssue({ code: "custom", message: "Each promise is one short sentence: at most 300 characters." });
    return benefits;
  });

const fromList = { error: "Choose from the list." };

/** The fields of a form about terms, one or several per dimension. A draft may leave things open; see `openIn`. */
export const termsFields = {
  categories: z.array(taxonomyKey, fromList).max(60, "At most 60 kinds of data; be specific.").default([]),
  purpose: z.literal(noPurposeYet).or(taxonomyKey).default(noPurposeYet),
  recipients: recipientRows,
  retention: retentionFields,
  legalBasis: z.enum(legalBases, { error: "Choose why it is allowed." }),
  places: z.array(z.string().refine((code) => countryCodes.has(code), "Choose countries from the list."), fromList).max(249).default([]),
  sources: z.array(z.enum(sources, fromList), fromList).default([]),
  sharing: z.enum(sharings, { error: "Choose whether it is shared or sold." }),
  automation: z.enum(automations, { error: "Choose what is decided automatically." }),
  benefits: benefitLines,
} as const;

/** What the first draft of a use begins with: consent, kept for a year, nobody else, nothing automatic. */
export const emptyTerms: Terms = {
  categories: [],
  purpose: noPurposeYet,
  recipients: [],
  retention: { kind: "period", count: 12, unit: "months" },
  legalBasis: "consent",
  places: [],
  sources: [],
  sharing: "none",
  automation: "none",
  benefits: [],
};

/** What a draft lacks before anybody could agree to it: what is remembered, and what for. */
export function openIn(terms: Terms): Fault[] {
  return [
    ...(terms.categories.length === 0 ? [{ path: "categories", message: "Choose at least one kind of data." }] : []),
    ...(terms.purpose === noPurposeYet ? [{ path: "purpose", message: "Choose what it is used for." }] : []),
  ];
}

/** What people will wonder about, said kindly; none of it stops a publication. */
export function hintsFor(terms: Terms): string[] {
  const outside = terms.recipients.filter(({ kind }) => kind === "partner" || kind === "third-party");
  return [
    ...(terms.sources.length === 0 ? ["How it becomes known is not said yet."] : []),
    ...(terms.places.length === 0 ? ["No place is named yet."] : []),
    ...(terms.benefits.length === 0 && terms.legalBasis === "consent" ? ["Nothing is promised in return yet. People say yes more gladly when they know what they get."] : []),
    ...(terms.categories.some((key) => !key.includes(".")) ? ["One of the kinds of data is very broad. Asking for something specific is easier to agree to."] : []),
    ...(terms.sharing === "none" && outside.length > 0 ? [`${outside[0]?.name ?? ""} receives it, yet it says “not shared”.`] : []),
    ...(terms.sharing !== "none" && terms.recipients.length === 0 ? ["It says it is shared or sold, yet nobody is named who receives it."] : []),
  ];
}
