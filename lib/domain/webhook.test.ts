import { expect, test } from "vitest";
import { deliveryState, isPassedOn, restAfter, waitAfter, waits } from "./webhook";

test("waits grow, and last some three days", () => {
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  const days = waits.reduce((sum, wait) => sum + wait) / 86_400;
  expect(days).toBeGreaterThan(2.9);
  expect(days).toBeLessThan(3.5);
  expect(waitAfter(waits.length)).not.toBeNull();
  expect(waitAfter(waits.length + 1)).toBeNull();
});

test("peace is for those in trouble, and no longer than a quarter of an hour", () => {
  expect([0, 1, 4].map(restAfter)).toEqual([0, 0, 0]);
  expect([5, 6, 9].map(restAfter)).toEqual([10, 20, 160]);
  expect(restAfter(10_000)).toBe(900);
});

test("an end is passed on when it was taken, or confirmed by those who confirm", () => {
  const at = new Date();
  const states = [{}, { deliveredAt: at }, { deliveredAt: at, confirmedAt: at }, { parkedAt: at }].map((one) => deliveryState({ deliveredAt: null, parkedAt: null, confirmedAt: null, ...one }));
  expect(states).toEqual(["waiting", "delivered", "confirmed", "parked"]);
  expect(states.map((state) => isPassedOn(state, false))).toEqual([false, true, true, false]);
  expect(states.map((state) => isPassedOn(state, true))).toEqual([false, false, true, false]);
});
