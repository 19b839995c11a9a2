import { database, pool, type Tx } from "@/lib/data/client";
import { findPerson } from "@/lib/data/persons";
import { sealForHouse, unsealForHouse } from "@/lib/data/seal";
import { restAfter, troubledAfter, waitAfter } from "@/lib/domain/webhook";

/** While a delivery is being sent nobody else takes it; after this it counts as lost with its worker. */
const leaseSeconds = 60;
/** How many are on their way to one subscriber at the same time, from all workers together. */
const roomEach = 8;
/** How long what the host called somebody forgotten is kept for those who cannot be reached. */
const partingDays = 30;

export type Claimed = {
  /** The message's id for the subscriber, the same at each try. */
  readonly id: string;
  readonly webhookId: string;
  readonly url: string;
  /** The secrets that vouch for it, the newest first. */
  readonly secrets: readonly Uint8Array[];
  readonly kind: string;
  readonly personId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly attempts: number;
};

type Row = Omit<Claimed, "secrets"> & { readonly secret: Uint8Array; readonly oldSecret: Uint8Array | null };

/**
 * Takes what is due, at most so many, for the length of a lease; no two workers take the same. Of one person one
 * subscriber is told in order: what stands behind something that is not done waits, and nobody else's does. A subscriber
 * that keeps failing is tried with one at a time.
 */
export async function claimDeliveries(most: number): Promise<Claimed[]> {
  const { rows } = await pool().query<Row>(
    `WITH due AS (
       SELECT d.id FROM webhook w CROSS JOIN LATERAL (
         SELECT d.id, d.due_at, d.place FROM webhook_delivery d
          WHERE d.webhook_id = w.id AND d.delivered_at IS NULL AND d.parked_at IS NULL AND d.due_at <= clock_timestamp()
            AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
            AND NOT EXISTS (SELECT 1 FROM webhook_delivery e
              WHERE e.webhook_id = d.webhook_id AND e.lane = d.lane AND e.place < d.place AND e.delivered_at IS NULL AND e.parked_at IS NULL)
          ORDER BY d.due_at, d.place LIMIT GREATEST(0, CASE WHEN w.failures >= $3 THEN 1 ELSE $2::int END
            - (SELECT count(*) FROM webhook_delivery l WHERE l.webhook_id = w.id AND l.leased_until > clock_timestamp()))
            FOR UPDATE SKIP LOCKED) d
        WHERE w.removed_at IS NULL AND w.paused_at IS NULL AND (w.rest_until IS NULL OR w.rest_until <= clock_timestamp())
        LIMIT $1
     )
     UPDATE webhook_delivery d SET attempts = d.attempts + 1, leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
       FROM due, webhook w, webhook_event v
      WHERE d.id = due.id AND w.id = d.webhook_id AND v.id = d.event_id
     RETURNING d.id, d.webhook_id AS "webhookId", w.url, w.secret, CASE WHEN w.old_secret_until > clock_timestamp() THEN w.old_secret END AS "oldSecret",
               v.kind, v.person_id AS "personId", v.body, v.at, d.attempts`,
    [most, roomEach, troubledAfter],
  );
  return rows.map(({ secret, oldSecret, ...row }) => ({ ...row, secrets: [secret, oldSecret].filter((one) => one !== null).map(unsealForHouse) }));
}

/** What the host calls whom an event is about. `gone`: nobody can be named any more, and nothing is left to tell. */
export async function refForEvent(personId: string, kind: string): Promise<{ readonly ref: string | null } | "gone"> {
  if (kind === "person.forgotten") {
    const parting = await database().partingRef.findUnique({ where: { personId }, select: { sealed: true } });
    return parting ? { ref: unsealForHouse(parting.sealed).toString("utf8") } : "gone";
  }
  const person = await findPerson(database(), personId);
  return person === null || person.forgotten ? "gone" : { ref: person.ref };
}

/** Keeps what the host calls somebody who is being forgotten, sealed, for as long as somebody has to be told. */
export async function keepForParting(tx: Tx, personId: string, ref: string | null): Promise<void> {
  if (ref === null) return;
  const wanted = await tx.webhook.findFirst({ where: { removedAt: null, kinds: { has: "person.forgotten" } }, select: { id: true } });
  if (wanted) await tx.partingRef.createMany({ data: [{ personId, sealed: sealForHouse(Buffer.from(ref, "utf8")) }], skipDuplicates: true });
}

/** Taken by the subscriber. One that was in trouble is not any more: what waited for it goes at once. */
export async function deliverySent({ id, webhookId, personId, kind }: Claimed, code: string): Promise<void> {
  await pool().query("UPDATE webhook_delivery SET delivered_at = clock_timestamp(), leased_until = NULL, last_code = $2 WHERE id = $1 AND delivered_at IS NULL AND parked_at IS NULL", [id, code]);
  const { rows } = await pool().query<{ failures: number }>(
    `UPDATE webhook w SET failures = 0, failing_since = NULL, rest_until = NULL FROM webhook before
      WHERE w.id = $1 AND before.id = w.id AND w.failures > 0 RETURNING before.failures`,
    [webhookId],
  );
  if (restAfter(rows[0]?.failures ?? 0) > 0) {
    await pool().query("UPDATE webhook_delivery SET due_at = clock_timestamp() WHERE webhook_id = $1 AND delivered_at IS NULL AND parked_at IS NULL AND due_at > clock_timestamp()", [webhookId]);
  }
  if (kind === "person.forgotten" && personId !== null) await endParting(personId);
}

/** Not taken: tried again later, or parked for staff after the last try. @param code the status or the error's code */
export async function deliveryFailed({ id, webhookId, attempts }: Claimed, code: string): Promise<void> {
  const wait = waitAfter(attempts);
  await pool().query(
    `UPDATE webhook_delivery SET leased_until = NULL, last_code = $2, due_at = clock_timestamp() + make_interval(secs => $3),
            parked_at = CASE WHEN $4 THEN clock_timestamp() END
      WHERE id = $1 AND delivered_at IS NULL AND parked_at IS NULL`,
    [id, code.slice(0, 40), wait ?? 0, wait === null],
  );
  const { rows } = await pool().query<{ failures: number }>(
    "UPDATE webhook SET failures = failures + 1, failing_since = COALESCE(failing_since, clock_timestamp()) WHERE id = $1 RETURNING failures",
    [webhookId],
  );
  const rest = restAfter(rows[0]?.failures ?? 0);
  if (rest > 0) await pool().query("UPDATE webhook SET rest_until = clock_timestamp() + make_interval(secs => $2) WHERE id = $1", [webhookId, rest]);
}

/** Nothing is left to tell: whoever it was about is forgotten, which is told by itself. */
export async function dropDelivery({ id }: Claimed): Promise<void> {
  await pool().query("DELETE FROM webhook_delivery WHERE id = $1", [id]);
}

/** Wipes what the host called somebody forgotten, once nobody has to be told any more. */
async function endParting(personId: string): Promise<void> {
  await pool().query(
    `DELETE FROM parting_ref WHERE person_id = $1 AND NOT EXISTS (
       SELECT 1 FROM webhook_event v JOIN webhook_delivery d ON d.event_id = v.id JOIN webhook w ON w.id = d.webhook_id
        WHERE v.person_id = $1 AND v.kind = 'person.forgotten' AND d.delivered_at IS NULL AND w.removed_at IS NULL)`,
    [personId],
  );
}

/**
 * Tidies up: deliveries that are done go after thirty days, except those that ended a permission (whom that was passed on
 * to must be known, GDPR Art. 19); so do events that nobody waits for, and the refs of forgotten people in any case.
 */
export async function clearDeliveries(): Promise<void> {
  await pool().query(
    `DELETE FROM webhook_delivery d USING webhook_event v
      WHERE v.id = d.event_id AND NOT v.ending AND GREATEST(d.delivered_at, d.parked_at) < now() - interval '30 days'`,
  );
  await pool().query("DELETE FROM webhook_event v WHERE v.at < now() - interval '30 days' AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = v.id)");
  await pool().query(`DELETE FROM parting_ref WHERE since < now() - interval '${partingDays} days'`);
}
