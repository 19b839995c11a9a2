import { database } from "@/lib/data/client";
import type { DueItem, DueStand } from "@/lib/data/due";
import { readAsked, readPolicyStandings, readUseStandings, type UseStanding } from "@/lib/data/questions";
import { keptForm, type Kept } from "@/lib/data/shown-content";
import { versionToKeep } from "@/lib/domain/decision";
import { dueNow } from "./ask-questions";
import { permissionOf, type Drafted } from "./ask-questions-content";

export type KeptDraft = { readonly drafted: Drafted; readonly kept: Kept };
type Content = { readonly content: Drafted["content"]; readonly kept: Kept };
type Reader = { readonly person: string; readonly locale: string; readonly defaultLocale: string; readonly audience: string; readonly signalled: boolean };

/**
 * What is published never changes, so a question reads the same for everybody who last answered the same version, stands
 * the same and reads the same language: made once, it need not be made again. That it is due is never kept.
 */
const made = new Map<string, Content>();
const most = 5_000;

const nameOf = ({ kind, id, version, answered, stand, words }: Omit<DueItem, "key" | "reason" | "visits">, { locale, defaultLocale, signalled }: Reader): string =>
  [kind, id, version, answered, stand, words, locale, defaultLocale, signalled].join(" ");

/** The questions about what is due, ready to be served; one that changed in this very moment as it reads now. */
export async function keptDrafts(items: readonly DueItem[], reader: Reader): Promise<KeptDraft[]> {
  const missing = items.filter((item) => !made.has(nameOf(item, reader)));
  const fresh = missing.length === 0 ? new Map<string, KeptDraft>() : await make(missing, reader);
  return items.flatMap((item): KeptDraft[] => {
    const { id, reason, answered } = item;
    const known = made.get(nameOf(item, reader));
    if (known) return [{ drafted: { id, reason, answeredVersion: answered, content: known.content }, kept: known.kept }];
    const one = fresh.get(id);
    return one ? [one] : [];
  });
}

async function make(missing: readonly DueItem[], reader: Reader): Promise<Map<string, KeptDraft>> {
  const db = database();
  const ids = (kind: DueItem["kind"]) => missing.filter((item) => item.kind === kind).map(({ id }) => id);
  const [person, uses, policies] = await Promise.all([
    readAsked(db, reader.person),
    readUseStandings(db, reader.person, ids("permission")),
    readPolicyStandings(db, reader.person, ids("policy"), reader.audience),
  ]);
  if (person === null || person.forgotten) return new Map();
  const asked = { ...person, locale: reader.locale, defaultLocale: reader.defaultLocale, signalled: reader.signalled };
  const drafts = dueNow(asked, uses, policies).map((drafted): KeptDraft => ({ drafted, kept: keptForm(drafted.content) }));
  if (made.size + drafts.length > most) made.clear();
  for (const { drafted, kept } of drafts) {
    const { id, answeredVersion: answered, content } = drafted;
    const use = uses.find((one) => one.id === id);
    const words = use ? String(use.wording) : (policies.find((one) => one.id === id)?.asks ?? "");
    made.set(nameOf({ kind: content.kind, id, version: content.version, answered, stand: standOf(use, asked.now), words }, reader), { content, kept });
  }
  return new Map(drafts.map((one) => [one.drafted.id, one]));
}

function standOf(use: UseStanding | undefined, now: Date): DueStand {
  if (use?.state !== "granted") return "none";
  return versionToKeep({ basis: use.basis }, permissionOf(use), use.importedFrom !== null, use.carries, now) === null ? "agreed" : "keepable";
}
