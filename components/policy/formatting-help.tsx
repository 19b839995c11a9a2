import { Disclosure } from "@/components/ui/disclosure";

const rows = [
  ["## What we collect", "A heading. Each heading begins a clause that can cite data uses."],
  ["**important**", "Bold words"],
  ["*emphasised*", "Slanted words"],
  ["- one thing", "A list; with 1. 2. 3. a numbered one"],
  ["[our shop](https://example.com)", "A link"],
  ["> quoted words", "A quotation"],
  ["| Data | Kept |\n| --- | --- |\n| Orders | 10 years |", "A table"],
] as const;

/** What can be written, and what becomes of it. */
export function FormattingHelp() {
  return (
    <Disclosure summary="Formatting help">
      <dl className="grid grid-cols-1 gap-x-6 gap-y-2.5 rounded-lg border border-line bg-sunken p-4 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        {rows.map(([written, means]) => (
          <div key={written} className="contents">
            <dt className="whitespace-pre-wrap font-mono text-xs text-ink">{written}</dt>
            <dd className="mb-2 text-muted sm:mb-0">{means}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-muted">Leave an empty line between paragraphs. Pictures, scripts and colours are left out on purpose: a policy is words.</p>
    </Disclosure>
  );
}
