import type { MemoryItemView, MemoryPageQuery, MemoryPageView } from "@/lib/contract/memory";
import { database } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { findUse, noteRead, readItems, type FoundItem } from "@/lib/data/memory";
import { findPersonIdByRef } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { isCovered } from "./memory-standing";

/**
 * One thing remembered for a person, if it may be used at this moment. Throws `not-found` where there is none, or no
 * permission holds for it: the two look the same.
 */
export async function recallItem(actor: Actor, ref: string, key: string, version: number | null): Promise<MemoryItemView> {
  authoriseProgram(actor, "remember");
  const db = database();
  const person = await findPersonIdByRef(db, ref);
  const [item] = person === null ? [] : (await readItems(db, person, { key, version, take: 1 })).items;
  if (!person || !item || !isCovered(item)) throw new Refusal("not-found", "Nothing is remembered under this key that may be used now.");
  await noteRead(db, person, [item.name]);
  return itemView(item);
}

/** A page of what is remembered for a person and may be used at this moment; of somebody unknown nothing is. */
export async function recallItems(actor: Actor, ref: string, query: MemoryPageQuery): Promise<MemoryPageView> {
  authoriseProgram(actor, "remember");
  const db = database();
  const nothing: MemoryPageView = { items: [], next: null };
  const [person, use] = await Promise.all([findPersonIdByRef(db, ref), query.use === undefined ? undefined : findUse(db, query.use)]);
  if (use === null) throw new Refusal("invalid", `There is no data use “${query.use}”.`, { faults: [{ path: "use", message: "Not a data use." }] });
  if (person === null) return nothing;
  const after = query.after === undefined ? {} : { after: Buffer.from(query.after, "base64url").toString("hex") };
  const { items, more } = await readItems(db, person, { ...(use ? { useId: use.id } : {}), version: query.version ?? null, ...after, take: query.limit });
  const covered = items.filter(isCovered);
  await noteRead(db, person, covered.map(({ name }) => name));
  const last = more ? items.at(-1) : undefined;
  return { items: covered.map(itemView), next: last ? Buffer.from(fromHex(last.name)).toString("base64url") : null };
}

function itemView(item: FoundItem): MemoryItemView {
  const { key, value, use, version, itemEntry, category, source, note, createdAt, updatedAt, lastReadAt } = item;
  return {
    key,
    value,
    use,
    version,
    index: itemEntry === null ? null : Number(itemEntry),
    category,
    source,
    note,
    rememberedAt: createdAt.toISOString(),
    changedAt: updatedAt.toISOString(),
    readAt: lastReadAt?.toISOString() ?? null,
  };
}
