import type { Prisma } from "@/lib/data/prisma-client/client";
import type { Tx } from "@/lib/data/client";
import type { AnswerCounts, DraftState, ListPage, UseCitation, UseRow } from "@/lib/contract/use";
import { permissionStates } from "@/lib/domain/decision";
import { Refusal } from "@/lib/domain/refusal";

export const usesAPage = 25;

export type UseId = { readonly id: string; readonly key: string; readonly name: string };

/** The data use at an address. Throws `not-found`. */
export async function requireUse(db: Tx, key: string): Promise<UseId> {
  const use = /^[a-z0-9-]{1,60}$/.test(key)
    ? await db.dataUse.findUnique({ where: { key }, select: { id: true, key: true, name: true } })
    : null;
  if (!use) throw new Refusal("not-found", "There is no data use at this address.");
  return use;
}

/** Makes a use. Null when the id or the key is taken. */
export async function insertUse(tx: Tx, { id, key, name }: UseId): Promise<string | null> {
  const [made] = await tx.dataUse.createManyAndReturn({ data: [{ id, key, name }], skipDuplicates: true, select: { id: true } });
  return made?.id ?? null;
}

/** The data use with this id, or null. */
export async function findUse(db: Tx, id: string): Promise<UseId | null> {
  return db.dataUse.findUnique({ where: { id }, select: { id: true, key: true, name: true } });
}

const newest = { orderBy: { number: "desc" }, take: 2, select: { number: true, publishedAt: true, proposedAt: true } } as const;

/** One page of data uses by name, with what the list says about each; three queries for any page. */
export async function listUses(db: Tx, { q, before, after }: ListPage): Promise<{ rows: UseRow[]; before: string | null; after: string | null }> {
  const cursor = before ?? after;
  const found = await db.dataUse.findMany({
    where: q === "" ? {} : { name: { contains: q, mode: "insensitive" } },
    orderBy: [{ name: "asc" }, { key: "asc" }],
    take: before ? -(usesAPage + 1) : usesAPage + 1,
    ...(cursor ? { cursor: { key: cursor }, skip: 1 } : {}),
    select: { id: true, key: true, name: true, versions: newest, prompt: { select: { versions: newest } } },
  });
  const more = found.length > usesAPage;
  const shown = before ? found.slice(more ? 1 : 0) : found.slice(0, usesAPage);
  const tallies = await db.tally.groupBy({ by: ["subject"], where: { subject: { in: shown.map((use) => use.id) } }, _sum: { count: true } });
  const answered = new Map(tallies.map((tally) => [tally.subject, Number(tally._sum.count ?? 0)]));
  const rows = shown.map(({ id, key, name, versions, prompt }) => {
    const live = versions.find((version) => version.publishedAt !== null);
    const draft = versions.find((version) => version.publishedAt === null);
    return {
      key,
      name,
      live: live?.publishedAt ? { number: live.number, publishedAt: live.publishedAt } : null,
      draft: draft ? { number: draft.number, state: stateOf(draft) } : null,
      prompt: promptState(prompt?.versions ?? []),
      answered: answered.get(id) ?? 0,
    };
  });
  const hasBefore = before ? more : after !== undefined;
  const hasAfter = before ? true : more;
  return { rows, before: hasBefore ? (rows[0]?.key ?? null) : null, after: hasAfter ? (rows.at(-1)?.key ?? null) : null };
}

/** Where a draft stands: being written, or waiting for approval. */
export function stateOf(draft: { readonly proposedAt: Date | null }): DraftState {
  return draft.proposedAt === null ? "draft" : "waiting";
}

type Stage = { readonly number: number; readonly publishedAt: Date | null; readonly proposedAt: Date | null };

function promptState(versions: readonly Stage[]): { live: number | null; draft: DraftState | null } {
  const draft = versions.find((version) => version.publishedAt === null);
  return { live: versions.find((version) => version.publishedAt !== null)?.number ?? null, draft: draft ? stateOf(draft) : null };
}

/** Where the prompt of a use stands. */
export async function promptOf(db: Tx, useId: string): Promise<{ live: number | null; draft: DraftState | null }> {
  const prompt = await db.prompt.findUnique({ where: { useId }, select: { versions: newest } });
  return promptState(prompt?.versions ?? []);
}

const nobody: AnswerCounts = { granted: 0, refused: 0, withdrawn: 0, objected: 0 };

/** How many people stand at which answer, by version; a handful of rows whatever the number of people. */
export async function countAnswers(db: Tx, useId: string): Promise<ReadonlyMap<number, AnswerCounts>> {
  const rows = await db.tally.findMany({ where: { subject: useId }, select: { version: true, state: true, count: true } });
  const byVersion = new Map<number, AnswerCounts>();
  for (const { version, state, count } of rows) {
    const before = byVersion.get(version) ?? nobody;
    const known = permissionStates.find((one) => one === state);
    if (known) byVersion.set(version, { ...before, [known]: before[known] + Number(count) });
  }
  return byVersion;
}

/** The counts of all versions together. */
export function sumOf(counts: Iterable<AnswerCounts>): AnswerCounts {
  return [...counts].reduce(
    (sum, one) => ({
      granted: sum.granted + one.granted,
      refused: sum.refused + one.refused,
      withdrawn: sum.withdrawn + one.withdrawn,
      objected: sum.objected + one.objected,
    }),
    nobody,
  );
}

export type CitationRow = Omit<UseCitation, "heading"> & { readonly versionId: string };

/** The clauses that describe this use in the newest published version of each policy; at most 100. */
export async function citationsOf(db: Tx, useId: string): Promise<CitationRow[]> {
  const published = { publishedAt: { not: null }, cancelledAt: null } satisfies Prisma.PolicyVersionWhereInput;
  const rows = await db.policyCitation.findMany({
    where: { useId, version: { ...published, replacedBy: { none: published } } },
    orderBy: [{ version: { policy: { title: "asc" } } }, { clause: "asc" }],
    take: 100,
    select: { clause: true, versionId: true, version: { select: { number: true, policy: { select: { key: true, title: true } } } } },
  });
  return rows.map(({ clause, versionId, version }) => ({ versionId, policy: version.policy.key, title: version.policy.title, version: version.number, clause }));
}

/** The texts of some policy versions in every language. */
export async function textsOfVersions(db: Tx, versionIds: readonly string[]): Promise<{ versionId: string; locale: string; markdown: string }[]> {
  return db.policyText.findMany({ where: { versionId: { in: [...new Set(versionIds)] } }, orderBy: { locale: "asc" }, select: { versionId: true, locale: true, markdown: true } });
}
