import { z } from "zod";
import { key, requestId, text, whole } from "@/lib/contract/text";
import { seenLive, type CanWrite, type DraftState } from "@/lib/contract/use";
import type { Fault } from "@/lib/domain/refusal";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

/** The languages a prompt can be written in. */
export const promptLocales = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "ja"] as const;
export type PromptLocale = (typeof promptLocales)[number];
export const promptLocale = z.enum(promptLocales, { error: "Choose a language from the list." });

/** Every part of a prompt's wording, with the most characters it may have. */
export const promptParts = ["title", "question", "benefit", "ifNo", "yesLabel", "noLabel"] as const;
export type PromptPart = (typeof promptParts)[number];

const wording = {
  title: text({ max: 100, min: 0, what: "The title" }).default(""),
  question: text({ max: 400, min: 0, multiline: true, what: "The question" }).default(""),
  benefit: text({ max: 400, min: 0, multiline: true, what: "The benefit" }).default(""),
  ifNo: text({ max: 400, min: 0, multiline: true, what: "What happens on no" }).default(""),
  yesLabel: text({ max: 40, min: 0, what: "The yes button" }).default(""),
  noLabel: text({ max: 40, min: 0, what: "The no button" }).default(""),
} as const;

/** The wording of a prompt in one language. */
export type PromptWords = { readonly [P in PromptPart]: string };
export type PromptText = PromptWords & { readonly locale: string };

const seenDraft = {
  key,
  draft: z.uuid("Reload the page and try again."),
  revision: whole("The revision", 1, 1_000_000_000),
} as const;

export const startPrompt = z.strictObject({ key });
export const proposePrompt = z.strictObject(seenDraft);
export const discardPrompt = proposePrompt;
export type SeenPromptDraft = z.infer<typeof proposePrompt>;

/** One language of the draft; the others stay as they are. */
export const savePrompt = z
  .strictObject({
    ...seenDraft,
    over: whole("The revision", 1, 1_000_000_000).optional(),
    locale: promptLocale,
    changeNote: text({ max: 500, min: 0, multiline: true, what: "The note" }).default(""),
    ...wording,
  })
  .transform(({ key: use, draft, revision, over, locale, changeNote, ...words }): SavePrompt => ({ key: use, draft, revision: over ?? revision, locale, changeNote, words }));
export type SavePrompt = SeenPromptDraft & { readonly locale: PromptLocale; readonly changeNote: string; readonly words: PromptWords };

export const removePromptLocale = z.strictObject({ ...seenDraft, locale: promptLocale });
export type RemovePromptLocale = z.infer<typeof removePromptLocale>;

export const publishPrompt = z.strictObject({ ...seenDraft, replaces: seenLive, requestId });
export type PublishPrompt = z.infer<typeof publishPrompt>;

const missing: { readonly [P in PromptPart]: string } = {
  title: "Give it a title.",
  question: "Write the question.",
  benefit: "Say what people get from it.",
  ifNo: "Say what happens when people say no.",
  yesLabel: "Write what the yes button says.",
  noLabel: "Write what the no button says.",
};

/** What a wording lacks before it can be shown to anybody. */
export function openInWording(words: PromptWords): Fault[] {
  return promptParts.filter((part) => words[part] === "").map((part) => ({ path: part, message: missing[part] }));
}

/** Kind advice about a wording: none of it stops a publication. `specifics` are the names of what is remembered. */
export function hintsForWording(words: PromptWords, specifics: readonly string[]): string[] {
  const asked = words.question.toLowerCase();
  const named = specifics.flatMap((name) => name.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const vague = /\b(information|data) about you\b|\byour (personal )?(data|information)\b|\bmarketing\b|\bimprove (our|your)\b/i.test(words.question);
  const [yes, no] = [[...words.yesLabel].length, [...words.noLabel].length];
  return [
    ...(words.question !== "" && vague ? ["The question is general. Name the one thing you want to remember: “your interest in mountain bikes” rather than “information about you”."] : []),
    ...(words.question !== "" && !vague && named.length > 0 && !named.some((word) => asked.includes(word.replace(/s$/, ""))) ? ["Does the question name what is remembered? The terms below it do, but people read the question first."] : []),
    ...(words.question !== "" && !/[?？]\s*$/u.test(words.question) ? ["A question ends with a question mark; people see at once that they have a choice."] : []),
    ...(yes > 0 && no > 0 && Math.max(yes, no) > 2 * Math.min(yes, no) + 4 ? ["One button is much longer than the other. Yes and no should look alike."] : []),
    ...(/\b(miss|lose|sorry|sadly|unfortunately|unable)\b/i.test(words.ifNo) ? ["A no costs nothing. Say plainly what stays the same, without regret."] : []),
  ];
}

/** The organisation's own language first, then the others in order. */
export function inReadingOrder<T extends { readonly locale: string }>(texts: readonly T[], defaultLocale: string): T[] {
  const rank = (text: T) => `${text.locale === defaultLocale ? 0 : 1}${text.locale}`;
  return [...texts].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** One line of the list of prompts: every use has one, or could. */
export type PromptRow = {
  readonly key: string;
  readonly name: string;
  readonly useLive: number | null;
  readonly live: { readonly number: number; readonly publishedAt: Date } | null;
  readonly draft: { readonly number: number; readonly state: DraftState } | null;
};

export type PromptList = { readonly rows: readonly PromptRow[]; readonly query: string; readonly before: string | null; readonly after: string | null; readonly can: CanWrite };

export type PromptVersionLine = {
  readonly number: number;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly authors: readonly string[];
  readonly changeNote: string;
  readonly twoPairsOfEyes: boolean;
  readonly locales: readonly string[];
};

/** The terms beside the wording: of the version in force, or of a draft while there is none. */
export type PromptTerms = { readonly version: number; readonly draft: boolean; readonly terms: readonly DescribedTerm[]; readonly specifics: readonly string[] };

export type PromptView = {
  readonly key: string;
  readonly name: string;
  readonly live: { readonly number: number; readonly texts: readonly PromptText[] } | null;
  readonly draft: { readonly number: number; readonly state: DraftState; readonly updatedAt: Date; readonly authors: readonly string[] } | null;
  readonly versions: readonly PromptVersionLine[];
  readonly terms: PromptTerms | null;
  readonly defaultLocale: string;
  readonly can: CanWrite;
};

export type PromptDraftView = {
  readonly key: string;
  readonly name: string;
  readonly draft: string;
  readonly number: number;
  readonly revision: number;
  readonly state: DraftState;
  readonly proposedAt: Date | null;
  readonly updatedAt: Date;
  readonly authors: readonly string[];
  readonly changeNote: string;
  readonly texts: readonly PromptText[];
  readonly live: number | null;
  readonly terms: PromptTerms | null;
  readonly defaultLocale: string;
  /** What is missing before it can be approved, in sentences. */
  readonly open: readonly string[];
  readonly own: boolean;
  readonly can: CanWrite;
};

export type PromptVersionView = {
  readonly key: string;
  readonly name: string;
  readonly version: PromptVersionLine;
  readonly texts: readonly PromptText[];
  readonly live: boolean;
  readonly previous: number | null;
  readonly next: number | null;
  readonly terms: PromptTerms | null;
  readonly digest: string;
  readonly entryIndex: number;
};

/** One part of the wording in two versions. */
export type ComparedPart = { readonly part: PromptPart; readonly from: string; readonly to: string; readonly same: boolean };

export type PromptComparisonView = {
  readonly key: string;
  readonly name: string;
  readonly versions: readonly { readonly number: number; readonly draft: boolean; readonly live: boolean }[];
  readonly compared: { readonly from: number; readonly to: number; readonly locales: readonly { readonly locale: string; readonly parts: readonly ComparedPart[] }[] } | null;
};
