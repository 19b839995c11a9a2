import type { Tx } from "@/lib/data/client";
import type { PromptRow, PromptText, PromptWords } from "@/lib/contract/prompt";
import type { ListPage } from "@/lib/contract/use";
import { stateOf, usesAPage } from "@/lib/data/uses";
import type { VersionNow } from "@/lib/data/use-versions";

const asText = { locale: true, title: true, question: true, benefit: true, ifNo: true, yesLabel: true, noLabel: true } as const;
const texts = { select: asText, orderBy: { locale: "asc" } } as const;

export type PromptDraft = {
  readonly id: string;
  readonly promptId: string;
  readonly number: number;
  readonly revision: number;
  readonly changeNote: string;
  readonly authorIds: readonly string[];
  readonly proposedAt: Date | null;
  readonly updatedAt: Date;
  readonly texts: readonly PromptText[];
};

export type PublishedPrompt = {
  readonly id: string;
  readonly number: number;
  readonly changeNote: string;
  readonly authorIds: readonly string[];
  readonly publishedAt: Date;
  readonly publishedById: string;
  readonly twoPairsOfEyes: boolean;
  readonly digest: Uint8Array;
  readonly entryIndex: bigint;
  readonly texts: readonly PromptText[];
};

/** The draft of a use's prompt; there is at most one. */
export async function promptDraftOf(db: Tx, useId: string): Promise<PromptDraft | null> {
  return db.promptVersion.findFirst({
    where: { prompt: { useId }, publishedAt: null },
    select: { id: true, promptId: true, number: true, revision: true, changeNote: true, authorIds: true, proposedAt: true, updatedAt: true, texts },
  });
}

/** Every published version of a use's prompt, newest first. */
export async function publishedPrompts(db: Tx, useId: string): Promise<PublishedPrompt[]> {
  const rows = await db.promptVersion.findMany({
    where: { prompt: { useId }, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    select: {
      id: true, number: true, changeNote: true, authorIds: true, publishedAt: true, publishedById: true, twoPairsOfEyes: true,
      digest: true, entryIndex: true, texts,
    },
  });
  return rows.map((row) => {
    const { publishedAt, publishedById, digest, entryIndex } = row;
    if (!publishedAt || !publishedById || !digest || entryIndex === null) throw new Error("a published version is not whole");
    return { ...row, publishedAt, publishedById, digest, entryIndex };
  });
}

/** The version in force: the published one with the highest number. */
export async function livePrompt(db: Tx, useId: string): Promise<{ id: string; number: number; texts: readonly PromptText[] } | null> {
  return db.promptVersion.findFirst({
    where: { prompt: { useId }, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    select: { id: true, number: true, texts },
  });
}

/** Begins a draft with its texts; does nothing when there is one already. */
export async function insertPromptDraft(tx: Tx, draft: { useId: string; number: number; author: string; texts: readonly PromptText[] }): Promise<void> {
  await tx.prompt.createMany({ data: [{ useId: draft.useId }], skipDuplicates: true });
  const { id: promptId } = await tx.prompt.findUniqueOrThrow({ where: { useId: draft.useId }, select: { id: true } });
  const [made] = await tx.promptVersion.createManyAndReturn({
    data: [{ promptId, number: draft.number, authorIds: [draft.author] }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made) await tx.promptText.createMany({ data: draft.texts.map((words) => ({ versionId: made.id, ...words })) });
}

export type SeenPrompt = { readonly useId: string; readonly draft: string; readonly revision: number };

/**
 * Marks a draft as written on, if it still is as it was seen; null when it is not. Whoever succeeds holds the row until
 * the transaction ends, and so may change its texts.
 */
export async function touchPromptDraft(tx: Tx, seen: SeenPrompt, by: { author: string; changeNote?: string }): Promise<{ number: number; revision: number } | null> {
  const [row] = await tx.$queryRaw<{ number: number; revision: number }[]>`
    UPDATE prompt_version v
       SET change_note = COALESCE(${by.changeNote ?? null}, v.change_note),
           author_ids = CASE WHEN ${by.author}::uuid = ANY (v.author_ids) THEN v.author_ids ELSE v.author_ids || ${by.author}::uuid END,
           revision = v.revision + 1, proposed_at = NULL, updated_at = clock_timestamp()
      FROM prompt p
     WHERE v.id = ${seen.draft}::uuid AND p.id = v.prompt_id AND p.use_id = ${seen.useId}::uuid
       AND v.revision = ${seen.revision} AND v.published_at IS NULL
 RETURNING v.number, v.revision`;
  return row ?? null;
}

/** Writes one language of a draft. */
export async function writePromptText(tx: Tx, versionId: string, locale: string, words: PromptWords): Promise<void> {
  await tx.promptText.upsert({ where: { versionId_locale: { versionId, locale } }, create: { versionId, locale, ...words }, update: words });
}

/** Takes one language out of a draft. */
export async function deletePromptText(tx: Tx, versionId: string, locale: string): Promise<void> {
  await tx.promptText.deleteMany({ where: { versionId, locale } });
}

/** Marks a draft as waiting for approval, if it still is as it was seen. Asking twice changes nothing. */
export async function markPromptProposed(tx: Tx, seen: SeenPrompt): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE prompt_version v SET proposed_at = COALESCE(v.proposed_at, clock_timestamp())
      FROM prompt p
     WHERE v.id = ${seen.draft}::uuid AND p.id = v.prompt_id AND p.use_id = ${seen.useId}::uuid
       AND v.revision = ${seen.revision} AND v.published_at IS NULL`;
  return count === 1;
}

/** Removes a draft, if it still is as it was seen. */
export async function deletePromptDraft(tx: Tx, seen: SeenPrompt): Promise<boolean> {
  const count = await tx.$executeRaw`
    DELETE FROM prompt_version v USING prompt p
     WHERE v.id = ${seen.draft}::uuid AND p.id = v.prompt_id AND p.use_id = ${seen.useId}::uuid
       AND v.revision = ${seen.revision} AND v.published_at IS NULL`;
  return count === 1;
}

/** Makes a draft the live version, if it still is as it was seen. */
export async function markPromptPublished(
  tx: Tx,
  seen: { draft: string; revision: number },
  data: { publishedAt: Date; publishedById: string; twoPairsOfEyes: boolean; replacesId: string | null; digest: Uint8Array<ArrayBuffer>; entryIndex: bigint },
): Promise<boolean> {
  const { count } = await tx.promptVersion.updateMany({ where: { id: seen.draft, revision: seen.revision, publishedAt: null }, data });
  return count === 1;
}

/** Where a draft is now, for those who saw it otherwise. */
export async function promptVersionNow(db: Tx, seen: { useId: string; draft: string }): Promise<VersionNow | null> {
  return db.promptVersion.findFirst({
    where: { id: seen.draft, prompt: { useId: seen.useId } },
    select: { number: true, revision: true, publishedAt: true, authorIds: true },
  });
}

const newest = { orderBy: { number: "desc" }, take: 2, select: { number: true, publishedAt: true, proposedAt: true } } as const;

/** One page of data uses by name, with where the prompt of each stands. */
export async function listPrompts(db: Tx, { q, before, after }: ListPage): Promise<{ rows: PromptRow[]; before: string | null; after: string | null }> {
  const cursor = before ?? after;
  const found = await db.dataUse.findMany({
    where: q === "" ? {} : { name: { contains: q, mode: "insensitive" } },
    orderBy: [{ name: "asc" }, { key: "asc" }],
    take: before ? -(usesAPage + 1) : usesAPage + 1,
    ...(cursor ? { cursor: { key: cursor }, skip: 1 } : {}),
    select: { key: true, name: true, versions: newest, prompt: { select: { versions: newest } } },
  });
  const more = found.length > usesAPage;
  const shown = before ? found.slice(more ? 1 : 0) : found.slice(0, usesAPage);
  const rows = shown.map(({ key, name, versions, prompt }) => {
    const live = prompt?.versions.find((version) => version.publishedAt !== null);
    const draft = prompt?.versions.find((version) => version.publishedAt === null);
    return {
      key,
      name,
      useLive: versions.find((version) => version.publishedAt !== null)?.number ?? null,
      live: live?.publishedAt ? { number: live.number, publishedAt: live.publishedAt } : null,
      draft: draft ? { number: draft.number, state: stateOf(draft) } : null,
    };
  });
  const hasBefore = before ? more : after !== undefined;
  const hasAfter = before ? true : more;
  return { rows, before: hasBefore ? (rows[0]?.key ?? null) : null, after: hasAfter ? (rows.at(-1)?.key ?? null) : null };
}
