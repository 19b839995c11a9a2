import { Prisma } from "@/lib/data/prisma-client/client";
import type { Tx } from "@/lib/data/client";
import { sealForHouse } from "@/lib/data/seal";
import { deliveryState, eventKinds, isPassedOn, type EventKind } from "@/lib/domain/webhook";
import type { DeliveryView, Ending, WebhookView } from "@/lib/contract/webhook";

/** How long the secret before vouches beside a new one. */
export const overlapHours = 24;
export const deliveriesAPage = 25;

export type WebhookRow = Omit<WebhookView, "waiting" | "parked">;

const shown = { id: true, name: true, url: true, kinds: true, confirms: true, createdAt: true, pausedAt: true, failingSince: true, oldSecretUntil: true } as const;

const viewOf = (row: Prisma.WebhookGetPayload<{ select: typeof shown }>): WebhookRow => ({ ...row, kinds: eventKinds.filter((kind) => row.kinds.includes(kind)) });

/** Somebody who is still subscribed; null for who is unknown or was removed. */
export async function findWebhook(db: Tx, id: string): Promise<WebhookRow | null> {
  const row = await db.webhook.findFirst({ where: { id, removedAt: null }, select: shown });
  return row && viewOf(row);
}

/** All subscribers, oldest first: there are a handful. */
export async function selectWebhooks(db: Tx): Promise<WebhookRow[]> {
  return (await db.webhook.findMany({ where: { removedAt: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: shown })).map(viewOf);
}

/** How many deliveries wait or are parked, by subscriber. Counts no further than ten thousand. */
export async function countOpen(db: Tx, ids: readonly string[]): Promise<Map<string, { waiting: number; parked: number }>> {
  const rows = await db.$queryRaw<{ id: string; waiting: number; parked: number }[]>`
    SELECT w.id, (SELECT count(*)::int FROM (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.delivered_at IS NULL AND d.parked_at IS NULL LIMIT 10000) x) AS waiting,
           (SELECT count(*)::int FROM (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.parked_at IS NOT NULL LIMIT 10000) x) AS parked
      FROM unnest(${[...ids]}::uuid[]) w (id)`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

type Said = { readonly name: string; readonly url: string; readonly kinds: readonly EventKind[]; readonly confirms: boolean };

export async function insertWebhook(tx: Tx, { kinds, ...said }: Said & { readonly createdById: string; readonly createdAt: Date }, secret: Uint8Array): Promise<string> {
  return (await tx.webhook.create({ data: { ...said, kinds: [...kinds], secret: sealForHouse(secret) }, select: { id: true } })).id;
}

export async function updateWebhook(tx: Tx, id: string, { kinds, ...said }: Said): Promise<void> {
  await tx.webhook.update({ where: { id }, data: { ...said, kinds: [...kinds], failures: 0, failingSince: null, restUntil: null } });
}

/** A new secret; the one before vouches beside it for a day. */
export async function replaceSecret(tx: Tx, id: string, secret: Uint8Array, now: Date): Promise<void> {
  await tx.$executeRaw`UPDATE webhook SET old_secret = secret, old_secret_until = ${now}::timestamptz + make_interval(hours => ${overlapHours}), secret = ${sealForHouse(secret)} WHERE id = ${id}::uuid`;
}

export async function pauseWebhook(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.webhook.update({ where: { id }, data: { pausedAt: at, ...(at === null ? { failures: 0, failingSince: null, restUntil: null } : {}) } });
}

/** Nothing more goes to it, and what has not gone never will; that things ended and were passed on to it stays. */
export async function removeWebhook(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.webhookDelivery.deleteMany({ where: { webhookId: id, deliveredAt: null } });
  await tx.webhook.update({ where: { id }, data: { removedAt: at, secret: new Uint8Array(), oldSecret: null, oldSecretUntil: null, url: "" } });
}

/** Sends something that means nothing, so that staff see whether it arrives. */
export async function queueTest(db: Tx, id: string): Promise<void> {
  await db.$queryRaw`SELECT notice_test(${id}::uuid)::text`;
}

/**
 * Deliveries are tried again at once, from the first try on: one, or all that are parked. What is about somebody who was
 * forgotten since then cannot be said any more, and stays as it is.
 * @returns how many
 */
export async function replayDeliveries(db: Tx, webhook: string, delivery: string | null): Promise<number> {
  const only = delivery === null ? Prisma.sql`parked_at IS NOT NULL` : Prisma.sql`id = ${delivery}::uuid AND (leased_until IS NULL OR leased_until < clock_timestamp())`;
  return db.$executeRaw`
    UPDATE webhook_delivery SET parked_at = NULL, delivered_at = NULL, confirmed_at = NULL, attempts = 0, due_at = clock_timestamp(), leased_until = NULL
     WHERE webhook_id = ${webhook}::uuid AND ${only}
       AND NOT EXISTS (SELECT 1 FROM webhook_event v JOIN person p ON p.id = v.person_id AND p.forgotten_at IS NOT NULL
                         LEFT JOIN parting_ref r ON r.person_id = p.id
                        WHERE v.id = event_id AND (v.kind <> 'person.forgotten' OR r.person_id IS NULL))`;
}

type DeliveryRow = { id: string; place: bigint; kind: EventKind | "test"; person: string | null; about: string | null; at: Date; attempts: number; lastCode: string | null; dueAt: Date; deliveredAt: Date | null; parkedAt: Date | null; confirmedAt: Date | null };

/** A page of deliveries to one subscriber, newest first; what was sent is not shown, only what it was about. */
export async function pageOfDeliveries(db: Tx, webhook: string, before: string | null, state: "waiting" | "parked" | null): Promise<{ deliveries: DeliveryView[]; older: string | null }> {
  const only = state === null ? Prisma.empty : state === "parked" ? Prisma.sql`AND d.parked_at IS NOT NULL` : Prisma.sql`AND d.delivered_at IS NULL AND d.parked_at IS NULL`;
  const rows = await db.$queryRaw<DeliveryRow[]>`
    SELECT d.id, d.place, v.kind, v.person_id AS person, COALESCE(v.body ->> 'use', v.body ->> 'policy') AS about, v.at, d.attempts, d.last_code AS "lastCode",
           d.due_at AS "dueAt", d.delivered_at AS "deliveredAt", d.parked_at AS "parkedAt", d.confirmed_at AS "confirmedAt"
      FROM webhook_delivery d JOIN webhook_event v ON v.id = d.event_id
     WHERE d.webhook_id = ${webhook}::uuid ${before === null ? Prisma.empty : Prisma.sql`AND d.place < ${BigInt(before)}`} ${only}
     ORDER BY d.place DESC LIMIT ${deliveriesAPage + 1}`;
  const page = rows.slice(0, deliveriesAPage);
  const deliveries = page.map(({ place: _place, dueAt, deliveredAt, parkedAt, confirmedAt, ...row }) => {
    const stands = deliveryState({ deliveredAt, parkedAt, confirmedAt });
    return { ...row, state: stands, nextTry: stands === "waiting" ? dueAt : null };
  });
  return { deliveries, older: rows.length > deliveriesAPage ? String(page.at(-1)?.place ?? "") : null };
}

/** The subscriber has acted on it; the first time counts. Null for a delivery that does not exist. */
export async function confirmDelivery(db: Tx, id: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    UPDATE webhook_delivery SET confirmed_at = COALESCE(confirmed_at, clock_timestamp()), delivered_at = COALESCE(delivered_at, clock_timestamp()), parked_at = NULL
     WHERE id = ${id}::uuid RETURNING confirmed_at AS at`;
  return row?.at ?? null;
}

/**
 * What ended for a person, newest first and at most a hundred, and how far each subscriber has come with it (GDPR
 * Art. 19). `current`: it still stands. What nobody was to be told of is not there.
 */
export async function readEndings(db: Tx, personId: string): Promise<Ending[]> {
  const rows = await db.$queryRaw<(Omit<Ending, "index" | "passed"> & { index: bigint; passed: { name: string; confirms: boolean; deliveredAt: string | null; parkedAt: string | null; confirmedAt: string | null }[] })[]>`
    SELECT v.entry_index AS index, v.body ->> 'use' AS use, v.at, COALESCE(p.entry_index = v.entry_index, v.kind = 'person.forgotten') AS current,
           (SELECT jsonb_agg(jsonb_build_object('name', w.name, 'confirms', w.confirms, 'deliveredAt', d.delivered_at, 'parkedAt', d.parked_at, 'confirmedAt', d.confirmed_at) ORDER BY w.name, w.id)
              FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE d.event_id = v.id) AS passed
      FROM webhook_event v
      LEFT JOIN data_use u ON u.key = v.body ->> 'use'
      LEFT JOIN permission p ON p.person_id = v.person_id AND p.use_id = u.id
     WHERE v.person_id = ${personId}::uuid AND v.ending AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = v.id)
     ORDER BY v.place DESC LIMIT 100`;
  const moment = (at: string | null) => (at === null ? null : new Date(at));
  return rows.map(({ index, passed, ...ending }) => ({
    ...ending,
    index: Number(index),
    passed: passed.map(({ name, confirms, ...at }) => {
      const moments = { deliveredAt: moment(at.deliveredAt), parkedAt: moment(at.parkedAt), confirmedAt: moment(at.confirmedAt) };
      const state = deliveryState(moments);
      return { name, state, done: isPassedOn(state, confirms), at: moments.confirmedAt ?? moments.deliveredAt };
    }),
  }));
}
