/** What subscribers can be told of. */
export const eventKinds = ["permission.changed", "question.due", "policy.published", "person.forgotten", "memory.removed"] as const;
export type EventKind = (typeof eventKinds)[number];

/** How far a delivery has come. `confirmed`: the subscriber says that it has acted on it. */
export type DeliveryState = "waiting" | "delivered" | "confirmed" | "parked";

type Moments = { readonly deliveredAt: Date | null; readonly parkedAt: Date | null; readonly confirmedAt: Date | null };

export function deliveryState({ deliveredAt, parkedAt, confirmedAt }: Moments): DeliveryState {
  if (confirmedAt !== null) return "confirmed";
  if (deliveredAt !== null) return "delivered";
  return parkedAt === null ? "waiting" : "parked";
}

/** Whether a subscriber has done what an ended permission asks of it: taking it is enough, unless it confirms by itself. */
export const isPassedOn = (state: DeliveryState, confirms: boolean): boolean => state === "confirmed" || (state === "delivered" && !confirms);

const [minute, hour] = [60, 3_600];
/** Seconds between a try that failed and the next one; some three days in all. */
export const waits: readonly number[] = [5, 30, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 16 * hour, 20 * hour, 20 * hour];

/** Seconds until the next try after `attempts` of them failed; null when it is enough and the delivery is parked. */
export const waitAfter = (attempts: number): number | null => waits[attempts - 1] ?? null;

/** Failures in a row after which a subscriber is tried with one delivery at a time, and left in peace in between. */
export const troubledAfter = 5;

/** Seconds of peace after so many failures in a row. */
export const restAfter = (failures: number): number => (failures < troubledAfter ? 0 : Math.min(15 * minute, 10 * 2 ** Math.min(failures - troubledAfter, 10)));
