import { randomUUID } from "node:crypto";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { By } from "@/lib/domain/entry";

/** A grant that is good for one decision, about to be used for one. */
export type OnceGrant = {
  readonly person: string;
  /** Key of the data use. */
  readonly use: string;
  /** The version decided on. */
  readonly version: number;
  /** Index of the grant's entry. */
  readonly of: number;
};

/**
 * Uses each of these grants, if it still stands unused and has not run out: row and entry in one transaction, under the
 * ledger's lock, so that of any number of decisions at once one is made.
 * @returns for each whether it was used now, in order
 */
export async function spendOnceGrants(by: By, grants: readonly OnceGrant[]): Promise<boolean[]> {
  return writeToLedger(
    by,
    randomUUID(),
    async ({ tx, now, append }) => {
      const used: boolean[] = [];
      for (const { person, use, version, of } of grants) {
        const rows = await tx.$executeRaw`
          UPDATE permission p SET used_at = ${now} FROM data_use u
           WHERE u.key = ${use} AND p.use_id = u.id AND p.person_id = ${person}::uuid AND p.entry_index = ${of} AND p.state = 'granted'
             AND p.once AND p.used_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > ${now})`;
        if (rows === 1) append({ kind: "permission-used", v: 1, person, use, version, of });
        used.push(rows === 1);
      }
      return used;
    },
    async () => grants.map(() => false),
  );
}
