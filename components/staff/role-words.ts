import type { Role } from "@/lib/domain/roles";

/** The roles as people say them, and what each is for. */
export const roleWords: { readonly [R in Role]: { readonly name: string; readonly does: string } } = {
  officer: { name: "Officer", does: "Writes data uses, policies and prompts, and invites customers." },
  approver: { name: "Approver", does: "Reads what officers wrote and publishes it." },
  compliance: { name: "Compliance", does: "Reads everything, and exports reports and the ledger." },
  admin: { name: "Admin", does: "Looks after the team, the settings and the keys." },
};
