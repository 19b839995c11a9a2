import { localeName } from "@/lib/contract/locale-name";
import { openInWording, promptParts, type PromptText } from "@/lib/contract/prompt";
import { Refusal } from "@/lib/domain/refusal";

/**
 * What stands between a prompt's draft and its publication, as the refusal it would meet; null when nothing does:
 * `invalid` while a language is incomplete or the organisation's own is missing, `nothing-changed` against the version
 * in force.
 */
export function checkPromptDraft(draft: readonly PromptText[], live: readonly PromptText[] | null, defaultLocale: string): Refusal | null {
  const faults = draft.flatMap((text) => openInWording(text).map((fault) => ({ path: `${text.locale}.${fault.path}`, message: draft.length > 1 ? `${localeName(text.locale)}: ${fault.message}` : fault.message })));
  if (!draft.some((text) => text.locale === defaultLocale)) faults.push({ path: defaultLocale, message: `Write it in ${localeName(defaultLocale)} too: people whose language is missing see that one.` });
  if (faults.length > 0) return new Refusal("invalid", "This draft is not complete yet.", { faults });
  if (live !== null && wordingKey(live) === wordingKey(draft)) {
    return new Refusal("nothing-changed", "Nothing has changed against the version in force. Change the wording, or discard this draft.");
  }
  return null;
}

/** One string per wording, whatever the order of its languages. */
function wordingKey(texts: readonly PromptText[]): string {
  return JSON.stringify([...texts].sort((a, b) => (a.locale < b.locale ? -1 : 1)).map((text) => [text.locale, ...promptParts.map((part) => text[part])]));
}
