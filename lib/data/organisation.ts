import { database, type Tx } from "@/lib/data/client";

/** The one row of what this organisation decided. */
export async function readOrganisation(tx: Tx = database()) {
  const row = await tx.organisation.findUniqueOrThrow({
    where: { id: 1 },
    select: { name: true, reask: true, twoPairsOfEyes: true, defaultLocale: true, contactEmail: true, questionsPerVisit: true, questionsPerMonth: true, memoryFreezeDays: true, updatedAt: true },
  });
  return { ...row, reask: row.reask === "wider" ? ("wider" as const) : ("any" as const) };
}

export type OrganisationChanges = Partial<{
  name: string;
  contactEmail: string | null;
  defaultLocale: string;
  reask: "any" | "wider";
  twoPairsOfEyes: boolean;
  questionsPerVisit: number;
  questionsPerMonth: number | null;
  memoryFreezeDays: number;
}>;

export async function updateOrganisation(tx: Tx, changes: OrganisationChanges, now: Date): Promise<void> {
  await tx.organisation.update({ where: { id: 1 }, data: { ...changes, updatedAt: now }, select: { id: true } });
}
