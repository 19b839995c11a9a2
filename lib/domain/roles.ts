export const roles = ["officer", "approver", "compliance", "admin"] as const;
export type Role = (typeof roles)[number];

export const staffActs = [
  "studio.read",
  "use.write",
  "use.publish",
  "policy.write",
  "policy.import",
  "policy.publish",
  "prompt.write",
  "prompt.publish",
  "people.read",
  "people.invite",
  "people.answer-link",
  "people.forget",
  "report.read",
  "export.create",
  "ledger.read",
  "list.cleanse",
  "team.manage",
  "key.manage",
  "settings.manage",
] as const;
export type StaffAct = (typeof staffActs)[number];

const reading = ["studio.read", "people.read", "report.read", "ledger.read"] as const satisfies readonly StaffAct[];

/** Writing and publishing lie in different hands (two pairs of eyes), and nobody who runs the keys writes the texts. */
const acts: { readonly [R in Role]: readonly StaffAct[] } = {
  officer: [...reading, "use.write", "policy.write", "policy.import", "prompt.write", "people.invite", "people.answer-link", "list.cleanse"],
  approver: [...reading, "use.publish", "policy.publish", "prompt.publish"],
  compliance: [...reading, "export.create", "people.forget", "list.cleanse"],
  admin: [...reading, "team.manage", "key.manage", "settings.manage"],
};

/**
 * A member of staff as far as acts go. `alone`: the organisation has switched two pairs of eyes off, because there is
 * only one pair, so whoever writes may publish too.
 */
export type Hands = { readonly role: Role; readonly alone?: boolean };

const publishing: readonly StaffAct[] = ["use.publish", "policy.publish", "prompt.publish"];

/** Whether this member of staff may do this; use cases ask before anything else. */
export function may({ role, alone = false }: Hands, act: StaffAct): boolean {
  return acts[role].includes(act) || (alone && role === "officer" && publishing.includes(act));
}
