import type { MyMemoryItem, MyMemoryView } from "@/lib/contract/memory";
import { valueInWords } from "@/lib/contract/memory-in-words";
import { database } from "@/lib/data/client";
import { countItems, readItems, type FoundItem } from "@/lib/data/memory";
import { readOrganisation } from "@/lib/data/organisation";
import { readAsked, readUseStandings, type Asked, type UseStanding } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { leavesChoice } from "@/lib/domain/legal-basis";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { inLanguage } from "./ask-questions-content";
import { isCovered } from "./memory-standing";

/** How many a page of theirs shows at once. */
const pageSize = 100;
const day = 86_400_000;

/** Everything that is remembered for this person, also what is out of everybody else's reach by now. */
export async function showMyMemory(actor: Actor, after: string | null): Promise<MyMemoryView> {
  authorisePerson(actor);
  const db = database();
  const [asked, uses, { memoryFreezeDays }] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id), readOrganisation(db)]);
  if (asked === null || asked.forgotten) throw new Refusal("signed-out", "Open your personal link to go on.");
  const from = after === null ? {} : { after };
  // Judged by the version that each stands on, and by the live one: what only the first permits waits for an answer.
  const wanted = { ...from, take: pageSize };
  const [own, live] = await Promise.all([readItems(db, actor.id, { ...wanted, version: "own" }), readItems(db, actor.id, { ...wanted, version: null })]);
  const usedNow = new Set(live.items.filter(isCovered).map(({ name }) => name));
  const last = own.more ? own.items.at(-1) : undefined;
  return {
    items: own.items.map((item) => mine(item, usedNow.has(item.name), uses.find(({ key }) => key === item.use), asked, memoryFreezeDays)),
    freezeDays: memoryFreezeDays,
    next: last?.name ?? null,
  };
}

function mine(item: FoundItem, used: boolean, use: UseStanding | undefined, asked: Asked, freezeDays: number): MyMemoryItem {
  const { key, value, category, source, note, version, itemEntry, createdAt, lastReadAt, frozenAt, now } = item;
  const words = inLanguage(use?.texts ?? [], asked);
  const ended = frozenAt !== null || !isCovered(item);
  const endedAt = frozenAt ?? item.expiresAt ?? now;
  return {
    key,
    value: valueInWords(value),
    category: asked.names[category] ?? category,
    source,
    note,
    use: { key: item.use, title: words?.title ?? use?.name ?? item.use, locale: words?.locale ?? asked.defaultLocale },
    version,
    index: itemEntry === null ? null : Number(itemEntry),
    mayObject: item.basis !== null && leavesChoice(item.basis),
    rememberedAt: createdAt,
    readAt: lastReadAt,
    standing: used ? "used" : ended ? "ended" : "waiting",
    goesAt: ended ? new Date(endedAt.getTime() + freezeDays * day) : null,
  };
}

/** How much is remembered for each use, by its key: what withdrawing would take away. */
export async function countMyMemory(actor: Actor): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly freezeDays: number }> {
  authorisePerson(actor);
  const [counts, { memoryFreezeDays }] = await Promise.all([countItems(database(), actor.id), readOrganisation()]);
  return { counts, freezeDays: memoryFreezeDays };
}
