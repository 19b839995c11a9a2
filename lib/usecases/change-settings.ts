import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { ChangeSettingsInput } from "@/lib/contract/settings";
import { sha256, toHex } from "@/lib/data/digest";
import { writeToLedger } from "@/lib/data/ledger/write";
import { readOrganisation, updateOrganisation, type OrganisationChanges } from "@/lib/data/organisation";
import type { Actor } from "@/lib/domain/actor";
import type { SettingValue } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { otherRequest } from "@/lib/usecases/same-request";

/** The ledger keeps no names and addresses, only that they changed, and digests to check them by. */
const inLedger = (setting: string, value: SettingValue) =>
  typeof value === "string" && (setting === "name" || setting === "contactEmail") ? toHex(sha256(Buffer.from(value, "utf8"))) : value;

/**
 * Changes one part of the settings; each setting that really changes is an entry of its own. They hold from now on:
 * versions published earlier keep the rules they were published under.
 * @throws Refusal `conflict-draft-changed` when somebody changed the settings since the form was opened, or `nothing-changed`
 */
export async function changeSettings(actor: Actor, input: ChangeSettingsInput): Promise<void> {
  authorise(actor, "settings.manage");
  const { requestId, revision, part: _part, ...wanted } = input;
  await writeToLedger<void>(
    { staff: actor.id },
    requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "settings.manage");
      const before = await readOrganisation(tx);
      if (before.updatedAt.toISOString() !== revision) {
        throw new Refusal("conflict-draft-changed", "Somebody else changed the settings in the meantime. Open the page again to see them, then decide.");
      }
      const current: Readonly<Record<string, SettingValue | Date>> = before;
      const changed = Object.entries<SettingValue>(wanted).flatMap(([setting, to]) => {
        const from = current[setting];
        return from === to || from === undefined || from instanceof Date ? [] : [{ setting, from, to }];
      });
      if (changed.length === 0) throw new Refusal("nothing-changed", "Nothing is different from what was saved before.");
      const changes: OrganisationChanges = wanted;
      await updateOrganisation(tx, changes, now);
      for (const { setting, from, to } of changed) {
        append({ kind: "settings-changed", v: 1, changes: { [setting]: { from: inLedger(setting, from), to: inLedger(setting, to) } } });
      }
    },
    async (tx, entries) => {
      const now: Readonly<Record<string, unknown>> = await readOrganisation(tx);
      const made = new Map(entries.flatMap((entry) => (entry.kind === "settings-changed" ? Object.entries(entry.changes).map(([setting, { to }]) => [setting, to] as const) : [])));
      const same = Object.entries<SettingValue>(wanted).every(([setting, to]) => (made.has(setting) ? made.get(setting) === inLedger(setting, to) : now[setting] === to));
      if (made.size === 0 || !same) throw otherRequest();
    },
  );
}
