import { Button } from "@/components/ui/button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { SelectField } from "@/components/ui/select";
import { localeName } from "@/lib/contract/locale-name";
import { promptLocales } from "@/lib/contract/prompt";

/** The languages of a draft, and one more to begin; a language is kept once it is saved. */
export function LanguageBar({ action, locales, current, canAdd }: { action: string; locales: readonly string[]; current: string; canAdd: boolean }) {
  const shown = locales.includes(current) ? locales : [...locales, current];
  const others = promptLocales.filter((locale) => !shown.includes(locale));
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <LinkTabs label="Languages" current={`${action}?locale=${current}`} tabs={shown.map((locale) => ({ href: `${action}?locale=${locale}`, label: localeName(locale) }))} />
      {canAdd && others.length > 0 ? (
        <form action={action} method="get" className="flex items-end gap-2.5">
          <SelectField name="locale" label="Another language" options={others.map((value) => ({ value, label: localeName(value) }))} />
          <Button type="submit">Begin</Button>
        </form>
      ) : null}
    </div>
  );
}
