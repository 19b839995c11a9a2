import { Badge } from "@/components/ui/badge";
import { localeName } from "@/lib/contract/locale-name";
import type { PromptComparisonView } from "@/lib/contract/prompt";
import { partLabels } from "./prompt-words";

type Compared = NonNullable<PromptComparisonView["compared"]>;

/** Two wordings side by side, language by language. */
export function WordingComparison({ compared }: { compared: Compared }) {
  return (
    <div className="space-y-10">
      {compared.locales.map(({ locale, parts }) => (
        <section key={locale} aria-label={localeName(locale)}>
          <h2 className="text-lg font-semibold text-ink">{localeName(locale)}</h2>
          <dl className="mt-3 divide-y divide-line rounded-lg border border-line bg-surface">
            {parts.map(({ part, from, to, same }) => (
              <div key={part} className="p-4 sm:p-5">
                <dt className="flex flex-wrap items-center gap-2.5 text-sm font-medium text-ink">
                  {partLabels[part]}
                  <Badge size="sm" tone={same ? "neutral" : "note"}>{same ? "Same" : "Changed"}</Badge>
                </dt>
                {same ? (
                  <dd lang={locale} className="mt-1.5 whitespace-pre-line text-muted">{to || "Nothing written."}</dd>
                ) : (
                  <dd className="mt-2 grid grid-cols-1 gap-4 sm:grid-cols-2">
                    <div><p className="text-sm text-faint">Version {compared.from}</p><p lang={locale} className="whitespace-pre-line text-muted">{from || "Nothing written."}</p></div>
                    <div><p className="text-sm text-faint">Version {compared.to}</p><p lang={locale} className="whitespace-pre-line text-ink">{to || "Nothing written."}</p></div>
                  </dd>
                )}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
