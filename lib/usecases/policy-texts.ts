import type { ClauseView, PolicyCitation, PolicyText, RenderedText } from "@/lib/contract/policy-views";
import { clauseAnchor, renderMarkdown } from "@/lib/text/render-markdown";

/** The text whose clauses are cited and that is shown first: the organisation's language, else the first there is. */
export function leadingText<T extends { readonly locale: string }>(texts: readonly T[], defaultLocale: string): T | undefined {
  return texts.find((text) => text.locale === defaultLocale) ?? texts[0];
}

/** The organisation's language first, the others by name. */
export function inLocaleOrder<T extends { readonly locale: string }>(texts: readonly T[], defaultLocale: string): T[] {
  return [...texts].sort((a, b) => Number(b.locale === defaultLocale) - Number(a.locale === defaultLocale) || (a.locale < b.locale ? -1 : 1));
}

/** A text as it stands in a page, each clause with what it cites. */
export function renderText(text: PolicyText, citations: readonly PolicyCitation[]): RenderedText {
  const rendered = renderMarkdown(text.markdown);
  return {
    locale: text.locale,
    title: text.title,
    html: rendered.html,
    headings: rendered.headings,
    clauses: rendered.clauses.map((clause) => ({ ...clauseView(clause, citations), html: clause.html, anchor: clauseAnchor(clause.id) })),
  };
}

/** The clauses of a text with what each cites, without the text. */
export function clauseViews(markdown: string, citations: readonly PolicyCitation[]): ClauseView[] {
  return renderMarkdown(markdown).clauses.map((clause) => clauseView(clause, citations));
}

/** Citations whose clause the text no longer has. */
export function brokenCitations(markdown: string, citations: readonly PolicyCitation[]): PolicyCitation[] {
  const there = new Set(renderMarkdown(markdown).clauses.map((clause) => clause.id));
  return citations.filter((citation) => !there.has(citation.clause));
}

function clauseView(clause: { id: string; heading: string | null; text: string }, citations: readonly PolicyCitation[]): ClauseView {
  const excerpt = clause.text.replace(/\s+/g, " ").trim();
  return {
    id: clause.id,
    heading: clause.heading,
    excerpt: excerpt.length > 180 ? `${[...excerpt].slice(0, 179).join("")}…` : excerpt,
    uses: citations.filter((citation) => citation.clause === clause.id).map((citation) => citation.use),
  };
}
