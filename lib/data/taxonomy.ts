import type { Tx } from "@/lib/data/client";
import type { OwnWord, Word, WordKind } from "@/lib/contract/taxonomy";
import type { NameOf } from "@/lib/domain/words";

const asWord = { key: true, name: true, description: true, parentKey: true } as const;

/** All words of a kind, sorted by key so that a word stands near what is above it; about a hundred rows. */
export async function wordsOfKind(db: Tx, kind: WordKind): Promise<Word[]> {
  return db.taxonomyTerm.findMany({ where: { kind }, orderBy: { key: "asc" }, select: asWord });
}

/** The organisation's own words of a kind, newest first; at most 500. */
export async function ownWords(db: Tx, kind: WordKind): Promise<Omit<OwnWord, "parentName">[]> {
  return db.taxonomyTerm.findMany({
    where: { kind, origin: "own" },
    orderBy: [{ createdAt: "desc" }, { key: "asc" }],
    take: 500,
    select: { ...asWord, createdAt: true },
  });
}

/** Which of these keys exist. */
export async function knownWords(db: Tx, kind: WordKind, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const found = await db.taxonomyTerm.findMany({ where: { kind, key: { in: [...keys] } }, select: { key: true } });
  return new Set(found.map((word) => word.key));
}

/** Names the given categories and purposes; a key that is not known, and nothing chosen yet, are said as they are. */
export async function namesOfWords(db: Tx, terms: readonly { readonly categories: readonly string[]; readonly purpose: string }[]): Promise<NameOf> {
  const categories = [...new Set(terms.flatMap((one) => one.categories))];
  const purposes = [...new Set(terms.map((one) => one.purpose))];
  const found = await db.taxonomyTerm.findMany({
    where: { OR: [{ kind: "category", key: { in: categories } }, { kind: "purpose", key: { in: purposes } }] },
    select: { key: true, name: true },
  });
  return naming(found);
}

/** Names words that were already read. */
export function naming(words: readonly { readonly key: string; readonly name: string }[]): NameOf {
  const names = new Map(words.map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? (key === "" ? "not chosen yet" : key);
}

/** Adds a word below an existing one. False when the key is taken. */
export async function insertWord(tx: Tx, kind: WordKind, word: Word): Promise<boolean> {
  const { count } = await tx.taxonomyTerm.createMany({ data: [{ kind, ...word, origin: "own" }], skipDuplicates: true });
  return count === 1;
}
