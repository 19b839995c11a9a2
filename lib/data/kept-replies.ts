import { pool } from "@/lib/data/client";
import { keyedHash, sealForHouse, unsealForHouse } from "@/lib/data/seal";

/** A reply as it left: status, media type, and the very bytes (as text). */
export type KeptReply = { readonly status: number; readonly type: string | null; readonly body: string };

/** Whose request it is: who called with which key, what was asked, and who works on it. */
export type KeptRequest = { readonly id: Uint8Array; readonly request: Uint8Array; readonly holder: string };

export const keptRequest = (key: string, request: string, holder: string): KeptRequest => ({
  id: keyedHash("kept reply", key),
  request: keyedHash("kept request", request),
  holder,
});

/** What a claim gives: the work, the reply that is there already, somebody else at work, or another request under this key. */
export type Claim = { readonly state: "mine" | "busy" | "other" } | { readonly state: "done"; readonly reply: KeptReply };

/** How long whoever works on a request holds it without a sign of life. */
const hold = "interval '15 seconds'";
/** How often they give one, in milliseconds. */
export const signOfLife = 5_000;

/** One statement decides who does the work; a holder that gave no sign of life is taken over by the same request only. */
export async function claimRequest({ id, request, holder }: KeptRequest): Promise<Claim> {
  for (;;) {
    const claimed = await pool().query(
      `INSERT INTO kept_reply (id, request, holder, held_until) VALUES ($1, $2, $3, clock_timestamp() + ${hold})
       ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
         WHERE kept_reply.sealed IS NULL AND kept_reply.held_until < clock_timestamp() AND kept_reply.request = excluded.request`,
      [id, request, holder],
    );
    if (claimed.rowCount === 1) return { state: "mine" };
    const { rows } = await pool().query<{ same: boolean; sealed: Uint8Array | null }>("SELECT request = $2 AS same, sealed FROM kept_reply WHERE id = $1", [id, request]);
    const [row] = rows;
    if (row && !row.same) return { state: "other" };
    if (row?.sealed) return { state: "done", reply: JSON.parse(unsealForHouse(row.sealed).toString("utf8")) as KeptReply };
    // Gone in between: whoever held it was refused, and the request is anybody's again.
    if (row) return { state: "busy" };
  }
}

/** Holds on to a request that takes long. */
export async function holdRequest({ id, holder }: KeptRequest): Promise<void> {
  await pool().query(`UPDATE kept_reply SET held_until = clock_timestamp() + ${hold} WHERE id = $1 AND holder = $2 AND sealed IS NULL`, [id, holder]);
}

/** Keeps the reply. `ref` is whom it is about, so that it goes with them; null where it says nothing of anybody. */
export async function keepReply({ id, holder }: KeptRequest, reply: KeptReply, ref: string | null): Promise<void> {
  await pool().query("UPDATE kept_reply SET sealed = $3, ref_hash = $4 WHERE id = $1 AND holder = $2", [
    id,
    holder,
    sealForHouse(Buffer.from(JSON.stringify(reply), "utf8")),
    ref === null ? null : keyedHash("ref", ref),
  ]);
}

/** Lets go of a request of which nothing was done. */
export async function releaseRequest({ id, holder }: KeptRequest): Promise<void> {
  await pool().query("DELETE FROM kept_reply WHERE id = $1 AND holder = $2 AND sealed IS NULL", [id, holder]);
}

/** Removes replies that are older than two days: whoever tries again does it sooner. */
export async function clearKeptReplies(): Promise<void> {
  const statement = `DELETE FROM kept_reply WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM kept_reply WHERE created_at < now() - interval '2 days' LIMIT 1000 FOR UPDATE SKIP LOCKED))`;
  while (((await pool().query(statement)).rowCount ?? 0) === 1_000);
}
