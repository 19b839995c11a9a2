import { z } from "zod";
import { key, keyFromName, locale, requestId, text, whole } from "./text";

/** Bounds of a policy text. Real policies have some 50,000 characters. */
export const longestPolicyText = 500_000;
export const longestPolicyTitle = 200;
export const longestChangeNote = 2_000;

export const policyAudiences = ["customers", "employees", "partners", "shareholders", "everybody"] as const;
export const policyAsks = ["acknowledge", "accept", "nothing"] as const;
export type PolicyAsks = (typeof policyAsks)[number];

export const asksWords: { readonly [A in PolicyAsks]: { readonly label: string; readonly hint: string } } = {
  acknowledge: { label: "To confirm that they have read it", hint: "Right for a privacy policy: people are informed, and do not have to agree." },
  accept: { label: "To accept it", hint: "Right for terms that need a yes." },
  nothing: { label: "Nothing", hint: "It is published, and nobody is asked about it." },
};

const policyTitle = text({ max: longestPolicyTitle, what: "The title" });
const audience = text({ max: 60, what: "Who it is for" });
const asks = z.enum(policyAsks, "Choose what people are asked.");
/** The very draft that was seen: a discarded one and its successor may look alike. */
const draft = z.uuid("Reload the page and try again.");
const revision = whole("The revision", 1, 1_000_000_000);
const versionNumber = whole("The version", 1, 1_000_000_000);
const changeNote = text({ max: longestChangeNote, min: 0, multiline: true, what: "The note" });

/** A date and time as `DateTimeField` posts it, read as UTC. */
const utcMoment = z
  .string()
  .trim()
  .transform((value) => value.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/, (_all, minutes: string, seconds = ":00") => `${minutes}${seconds}Z`))
  .pipe(z.iso.datetime({ offset: true, error: "Choose a date and time." }))
  .transform((value) => new Date(value));

export const newPolicy = z
  .strictObject({
    requestId,
    title: policyTitle,
    /** Made from the title when left empty. */
    key: z.union([z.literal(""), key]).default(""),
    audience,
    asks,
  })
  .transform((value, context) => {
    const made = value.key || keyFromName(value.title);
    if (made) return { ...value, key: made };
    context.addIssue({ code: "custom", path: ["key"], message: "Write a short name, such as privacy-policy." });
    return z.NEVER;
  });
export type NewPolicy = z.infer<typeof newPolicy>;

/** Where a new draft begins: a version's text, or (without one) the newest there is. */
export const newPolicyDraft = z.strictObject({ key, from: versionNumber.optional() });

const draftText = z.strictObject({
  locale,
  title: policyTitle,
  markdown: text({ max: longestPolicyText, multiline: true, what: "The text" }),
});

export const policyDraft = z.strictObject({
  key,
  draft,
  revision,
  texts: z
    .array(draftText)
    .min(1, "A policy needs at least one text.")
    .max(40, "At most 40 languages.")
    .superRefine((texts, context) => {
      texts.forEach((one, index) => {
        if (texts.findIndex((other) => other.locale === one.locale) < index) {
          context.addIssue({ code: "custom", path: [index, "locale"], message: "This language is already there." });
        }
      });
    }),
  changeNote,
  /** `ask`: people are asked again; `editorial`: only the wording changed, and nobody is. */
  asking: z.enum(["ask", "editorial"], "Choose whether people are asked again."),
});
export type PolicyDraftInput = z.infer<typeof policyDraft>;

const clauseId = text({ max: 200, what: "The clause" });
export const policyCitations = z.strictObject({
  key,
  draft,
  revision,
  citations: z
    .array(
      z.strictObject({
        clause: clauseId,
        uses: z.array(key).max(200).optional(),
        /** One more, picked without a script. */
        add: z.union([z.literal(""), key]).optional(),
      }),
    )
    .max(1_000)
    .default([]),
});
export type PolicyCitationsInput = z.infer<typeof policyCitations>;

/** An act on the draft as it was seen. */
export const policyDraftAct = z.strictObject({ key, draft, revision });
export type PolicyDraftSeen = z.infer<typeof policyDraftAct>;

export const policyPublication = z
  .strictObject({
    requestId,
    key,
    draft,
    version: versionNumber,
    revision,
    /** The number of the version before this one, as the approver saw it; empty for the first. */
    replaces: z.union([z.literal("").transform(() => null), versionNumber]),
    when: z.enum(["now", "later"], "Choose when it comes into force.").default("now"),
    inForceFrom: z.union([z.literal("").transform(() => null), utcMoment]).optional(),
  })
  .transform((value, context) => {
    if (value.when === "later" && !value.inForceFrom) {
      context.addIssue({ code: "custom", path: ["inForceFrom"], message: "Choose the date and time from which it is in force." });
      return z.NEVER;
    }
    return { ...value, inForceFrom: value.when === "later" ? (value.inForceFrom ?? null) : null };
  });
export type PolicyPublication = z.infer<typeof policyPublication>;

export const policyCancellation = z.strictObject({ requestId, key, version: versionNumber });

/** What stands in the import form beside the files. */
export const policyImport = z
  .strictObject({
    requestId,
    into: z.enum(["new", "existing"]).default("new"),
    /** The existing policy. */
    policy: z.union([z.literal(""), key]).optional(),
    title: z.union([z.literal(""), policyTitle]).optional(),
    key: z.union([z.literal(""), key]).optional(),
    audience: z.union([z.literal(""), audience]).optional(),
    asks: asks.optional(),
    locale,
  })
  .transform((value, context) => {
    if (value.into === "existing") {
      if (value.policy) return { into: "existing" as const, requestId: value.requestId, key: value.policy, locale: value.locale };
      context.addIssue({ code: "custom", path: ["policy"], message: "Choose the policy." });
      return z.NEVER;
    }
    // Title and short name may come from the history itself.
    return {
      into: "new" as const,
      requestId: value.requestId,
      title: value.title || null,
      key: value.key || null,
      audience: value.audience || "customers",
      asks: value.asks ?? "acknowledge",
      locale: value.locale,
    };
  });
export type PolicyImport = z.infer<typeof policyImport>;

/** The address of one version or difference, as a path has it. */
export const pathNumber = z.string().regex(/^[1-9]\d{0,8}$/).transform(Number);
export const policyKey = key;

/** A text to be shown as it would be published. */
export const previewedText = z.strictObject({ markdown: z.string().max(longestPolicyText) });

/** Throwing away what was imported and not published. */
export const discardImport = z.strictObject({ key });
