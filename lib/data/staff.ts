import { database, type Tx } from "@/lib/data/client";
import { roles, type Role } from "@/lib/domain/roles";

/** The database only holds roles we know (a check constraint); anything else is damage. */
export function roleOf(word: string): Role {
  const role = roles.find((one) => one === word);
  if (!role) throw new Error("a role that is none");
  return role;
}

/** What signing in needs to know of an account. */
export async function findAccount(email: string): Promise<{ id: string; passwordHash: string; disabled: boolean } | null> {
  const row = await database().staff.findUnique({ where: { email }, select: { id: true, passwordHash: true, disabledAt: true } });
  return row && { id: row.id, passwordHash: row.passwordHash, disabled: row.disabledAt !== null };
}

const shown = { id: true, name: true, email: true, role: true, createdAt: true, disabledAt: true } as const;
type Shown = { id: string; name: string; email: string; role: string; createdAt: Date; disabledAt: Date | null };

/** When each of these last signed in. */
async function lastSignIns(ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await database().staffSession.groupBy({ by: ["staffId"], where: { staffId: { in: [...ids] } }, _max: { createdAt: true } });
  return new Map(rows.flatMap((row) => (row._max.createdAt ? [[row.staffId, row._max.createdAt] as const] : [])));
}

async function withSignIns(rows: readonly Shown[]) {
  const last = await lastSignIns(rows.map((row) => row.id));
  return rows.map(({ createdAt, role, ...row }) => ({ ...row, role: roleOf(role), joinedAt: createdAt, lastSignInAt: last.get(row.id) ?? null }));
}

/** A page of the team in the order they joined, after the one of this id; one row more than `take` says there is more. */
export async function listStaff(after: string | undefined, take: number) {
  const cursor = after && (await database().staff.findUnique({ where: { id: after }, select: { id: true } }));
  const rows = await database().staff.findMany({
    ...(cursor ? { cursor, skip: 1 } : {}),
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: take + 1,
    select: shown,
  });
  return withSignIns(rows);
}

export async function findStaff(id: string) {
  const row = await database().staff.findUnique({ where: { id }, select: shown });
  return row && (await withSignIns([row]))[0];
}

export async function emailTaken(tx: Tx, email: string): Promise<boolean> {
  return (await tx.staff.count({ where: { email } })) > 0;
}

export async function anyStaff(tx: Tx): Promise<boolean> {
  return (await tx.staff.findFirst({ select: { id: true } })) !== null;
}

/** Role and standing as they are inside the transaction; `alone` while two pairs of eyes are switched off. */
export async function standingOf(tx: Tx, id: string): Promise<{ role: Role; disabled: boolean; alone: boolean } | null> {
  const row = await tx.staff.findUnique({ where: { id }, select: { role: true, disabledAt: true } });
  const organisation = await tx.organisation.findUnique({ where: { id: 1 }, select: { twoPairsOfEyes: true } });
  return row && { role: roleOf(row.role), disabled: row.disabledAt !== null, alone: organisation?.twoPairsOfEyes === false };
}

/** Whether somebody else could still look after the team. */
export async function anotherAdmin(tx: Tx, than: string): Promise<boolean> {
  return (await tx.staff.findFirst({ where: { role: "admin", disabledAt: null, id: { not: than } }, select: { id: true } })) !== null;
}

/** Names of staff by id; nobody's absence stops a page. */
export async function staffNames(db: Tx, ids: readonly string[]): Promise<(id: string) => string> {
  const found = ids.length === 0 ? [] : await db.staff.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? "somebody who left";
}
