import type { Automation, LegalBasis, RecipientKind, Sharing, Source } from "@/lib/domain/terms";

type Option<V extends string> = { readonly value: V; readonly label: string; readonly hint: string };

/** Each basis of GDPR Art. 6(1) as an officer's choice, with one plain sentence. */
export const basisOptions: readonly Option<LegalBasis>[] = [
  { value: "consent", label: "With permission", hint: "People are asked first, and a no costs them nothing. Choose this whenever you can do without." },
  { value: "contract", label: "Needed for a contract", hint: "You could not deliver what they ordered without it." },
  { value: "legal-obligation", label: "Required by law", hint: "A law obliges you to keep or report it." },
  { value: "vital-interests", label: "To protect a life", hint: "Somebody's life or health depends on it, and they cannot be asked." },
  { value: "public-task", label: "For a public task", hint: "The law gives you an official task that needs it." },
  { value: "legitimate-interests", label: "Legitimate interest", hint: "You have weighed your reasons against people's own. They are not asked, but may object." },
];

export const sourceOptions: readonly Option<Source>[] = [
  { value: "told", label: "They tell you", hint: "Typed into a form, said on the phone." },
  { value: "observed", label: "You notice it", hint: "From how they use your shop, site or app." },
  { value: "inferred", label: "You work it out", hint: "Concluded from other things you know." },
  { value: "obtained", label: "Others give it to you", hint: "Partners, registers, public sources." },
];

export const sharingOptions: readonly Option<Sharing>[] = [
  { value: "none", label: "Not shared", hint: "Nobody uses it for purposes of their own." },
  { value: "shared", label: "Shared", hint: "Others may use it for purposes of their own, without paying for it." },
  { value: "sold", label: "Sold", hint: "Others pay for it, in money or in kind." },
];

export const automationOptions: readonly Option<Automation>[] = [
  { value: "none", label: "Nothing", hint: "People decide; it is only looked up." },
  { value: "assisted", label: "Suggestions", hint: "A program suggests, a person decides." },
  { value: "decided", label: "Small decisions", hint: "A program decides, without serious consequences: which picture comes first." },
  { value: "significant", label: "Serious decisions", hint: "A program decides about credit, a contract, a price or the like, with nobody looking." },
];

const recipientKindWords: { readonly [K in RecipientKind]: string } = {
  processor: "Works on our behalf",
  partner: "Partner",
  "third-party": "Outside organisation",
  public: "Everybody (published)",
};

export const recipientKindOptions = Object.entries(recipientKindWords).map(([value, label]) => ({ value, label }));
