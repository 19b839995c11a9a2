import { randomUUID } from "node:crypto";
import { database } from "@/lib/data/client";
import { inStory, writeToLedger } from "@/lib/data/ledger/write";
import { hashPassword } from "@/lib/data/passwords";
import type { StaffActor } from "@/lib/domain/actor";
import type { Role } from "@/lib/domain/roles";

export type SampleStaff = { readonly actor: StaffActor; readonly password: string };

const team: readonly { name: string; email: string; role: Role; password: string }[] = [
  { name: "Ingrid Solberg", email: "ingrid@kestrel-pine.example", role: "officer", password: "Ingrid writes the words" },
  { name: "Aiko Sato", email: "aiko@kestrel-pine.example", role: "approver", password: "Aiko looks a second time" },
  { name: "Ruth Okafor", email: "ruth@kestrel-pine.example", role: "compliance", password: "Ruth can prove all of it" },
  { name: "Tom Becker", email: "tom@kestrel-pine.example", role: "admin", password: "Tom minds the keys here" },
];

/** The shop's team, as if each had joined by invitation on the first day. */
export async function hireTeam(at: Date): Promise<Readonly<Record<Role, SampleStaff>>> {
  const hashes = await Promise.all(team.map(({ password }) => hashPassword(password)));
  const hired = await inStory(at, () =>
    writeToLedger(
      { house: true },
      randomUUID(),
      async ({ tx, now, append }) => {
        const rows = team.map(({ name, email, role }, i) => ({ id: randomUUID(), name, email, role, passwordHash: hashes[i] ?? "", createdAt: now }));
        await tx.staff.createMany({ data: rows });
        return rows.map(({ id, name, email, role }, i) => {
          append({ kind: "staff-joined", v: 1, staff: id, role, invitation: randomUUID() });
          return { role, password: team[i]?.password ?? "", actor: { kind: "staff" as const, id, name, email, role } };
        });
      },
      () => {
        throw new Error("the team was hired before");
      },
    ),
  );
  await database().organisation.update({ where: { id: 1 }, data: { name: "Kestrel & Pine", contactEmail: "privacy@kestrel-pine.example" } });
  const of = (role: Role): SampleStaff => {
    const found = hired.find((one) => one.role === role);
    if (!found) throw new Error(`nobody is ${role}`);
    return found;
  };
  return { officer: of("officer"), approver: of("approver"), compliance: of("compliance"), admin: of("admin") };
}
