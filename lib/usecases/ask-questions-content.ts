import type { Change, QuestionReason, ShownContent } from "@/lib/contract/question";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Asked, PolicyStandingRow, UseStanding, Wording } from "@/lib/data/questions";
import { compareTerms } from "@/lib/domain/compare-terms";
import { versionToKeep, type Permission } from "@/lib/domain/decision";
import { gpcConcerns } from "@/lib/domain/signal";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";
import { describeComparison, describeTerms } from "@/lib/domain/terms-in-words";

/** A question before it is served: what will be shown, and what its token will stand for. */
export type Drafted = {
  /** Of the data use or the policy. */
  readonly id: string;
  readonly reason: QuestionReason;
  readonly answeredVersion: number | null;
  readonly content: ShownContent;
};

/** The person's last answer as the domain knows it. */
export function permissionOf(use: UseStanding): Permission | null {
  const { state, answered: version, expiresAt, declined, usedAt } = use;
  return state === null || version === null ? null : { state, version, expiresAt, declined, spent: usedAt !== null };
}

/** Of several languages: the person's, then its main language, then the organisation's, then any. */
export function inLanguage<T extends { readonly locale: string }>(texts: readonly T[], asked: Pick<Asked, "locale" | "defaultLocale">): T | undefined {
  const wanted = [asked.locale, mainOf(asked.locale), asked.defaultLocale, mainOf(asked.defaultLocale)];
  return wanted.map((locale) => texts.find((text) => text.locale === locale)).find((text) => text !== undefined) ?? texts[0];
}

const mainOf = (locale: string): string => locale.split("-")[0] ?? locale;

const named = (asked: Asked) => (key: string): string => asked.names[key] ?? key;

/** The terms of one version in plain words. */
export function termsInWords(asked: Asked, terms: unknown): DescribedTerm[] {
  return describeTerms(storedTerms.parse(terms), named(asked));
}

const weight = { wider: 0, different: 1, narrower: 2 } as const;

/** What the live version changed against the one this person answered, what asks more of them first. */
export function changesFor(asked: Asked, use: UseStanding): Change[] {
  if (use.answered === null || use.answered === use.version) return [];
  const [answered, live] = [storedTerms.parse(use.answeredTerms), storedTerms.parse(use.terms)];
  return compareTerms(answered, live)
    .flatMap((comparison): Change[] => {
      const { relation } = comparison;
      if (relation === "same") return [];
      const { dimension, label, from, to, forCustomer } = describeComparison(comparison, answered, live, named(asked), { agreed: use.state === "granted" });
      return [{ dimension, label, relation, from, to, text: forCustomer }];
    })
    .sort((a, b) => weight[a.relation] - weight[b.relation]);
}

/** The question about a data use; null while no prompt is published for it. */
export function permissionQuestion(asked: Asked, use: UseStanding, reason: QuestionReason): Drafted | null {
  const words: Wording | undefined = inLanguage(use.texts ?? [], asked);
  if (use.wording === null || words === undefined) return null;
  const conflict = asked.signalled && gpcConcerns(storedTerms.parse(use.terms)) !== null;
  return {
    id: use.id,
    reason,
    answeredVersion: use.answered,
    content: {
      v: 1,
      kind: "permission",
      use: use.key,
      version: use.version,
      wording: use.wording,
      locale: words.locale,
      title: words.title,
      question: words.question,
      benefit: words.benefit,
      ifNo: words.ifNo,
      terms: termsInWords(asked, use.terms),
      changes: changesFor(asked, use),
      choices: [
        { answer: "granted", label: words.yesLabel },
        { answer: "refused", label: words.noLabel },
        ...keeping(use, asked.now, words.locale),
      ],
      ...(conflict ? { signal: signalWords } : {}),
    },
  };
}

/** The way of keeping an earlier yes where the terms have changed since. */
function keeping(use: UseStanding, now: Date, locale: string): ShownContent["choices"] {
  const keeps = versionToKeep({ basis: use.basis }, permissionOf(use), use.importedFrom !== null, use.carries, now);
  return keeps === null ? [] : [{ answer: "kept", label: keepLabels[mainOf(locale)] ?? keepLabels.en, keeps }];
}

/** Our own words, like a policy's: what they mean does not depend on the use. In other languages than these, in English. */
const keepLabels: Readonly<Record<string, string>> & { readonly en: string } = {
  en: "Keep what I agreed to",
  de: "Beim Bisherigen bleiben",
  fr: "Garder mon accord précédent",
  es: "Mantener lo que acepté",
  it: "Mantenere quanto accettato",
  nl: "Bij mijn eerdere akkoord blijven",
  pt: "Manter o que aceitei",
  nb: "Behold det jeg sa ja til",
  sv: "Behåll det jag sa ja till",
  da: "Behold det, jeg sagde ja til",
  pl: "Pozostań przy mojej zgodzie",
};

/** A yes to this outweighs the signal, since whoever gives it was told. */
const signalWords =
  "Your browser asks us not to sell or share your data, and not to target advertising by it. We honour that: without a yes of yours, this is off. If you say yes here, your yes counts for this one use, whatever your browser says.";

const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** The question about a policy; null where nothing is asked about it. */
export function policyQuestion(asked: Asked, policy: PolicyStandingRow, reason: QuestionReason): Drafted | null {
  const text = inLanguage(policy.texts, asked);
  if (policy.asks === "nothing" || text === undefined) return null;
  const changed = policy.answered !== null && policy.answered < policy.version;
  const accept = policy.asks === "accept";
  return {
    id: policy.id,
    reason,
    answeredVersion: policy.answered,
    content: {
      v: 1,
      kind: "policy",
      policy: policy.key,
      version: policy.version,
      textDigest: text.digest,
      locale: text.locale,
      title: text.title,
      question: questionAbout(accept, changed),
      benefit: "You know where you stand, and we can be held to it.",
      ifNo: accept ? "We keep your no. Your permissions stay as they are." : "Nothing changes for you. The question waits until you have had time to read.",
      terms: [],
      changes: policy.notes.map(({ number, note, inForceFrom }) => ({
        dimension: "text",
        label: `Version ${number}, in force since ${longDate.format(new Date(inForceFrom))}`,
        relation: "different",
        from: `version ${policy.answered}`,
        to: `version ${number}`,
        text: note === "" ? "The text changed." : note,
      })),
      choices: accept
        ? [
            { answer: "accepted", label: "I accept" },
            { answer: "refused", label: "I do not accept" },
          ]
        : [{ answer: "acknowledged", label: "I have read it" }],
    },
  };
}

function questionAbout(accept: boolean, changed: boolean): string {
  if (accept) return changed ? "These terms have changed. Do you accept them as they are now?" : "Do you accept these terms?";
  return changed ? "This policy has changed. Please read what is new." : "Please read this policy.";
}
