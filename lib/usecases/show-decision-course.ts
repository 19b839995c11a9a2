import type { DecisionCourse } from "@/lib/contract/decision-course";
import { readDecisionDays } from "@/lib/data/decision-tally";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

const span = 30;
const allowing: readonly string[] = ["granted", "not-required"];

/** What hosts were told about a data use in the last thirty days, and what they did without asking. */
export async function showDecisionCourse(actor: Actor, use: string): Promise<DecisionCourse> {
  authorise(actor, "report.read");
  const { today, counted } = await readDecisionDays(use, span);
  const sum = (of: readonly { readonly count: number }[]) => of.reduce((total, { count }) => total + count, 0);
  const days = Array.from({ length: span }, (_, i) => new Date(Date.parse(today) - (span - 1 - i) * 86_400_000).toISOString().slice(0, 10));
  const reasons = new Map<string, number>();
  for (const { reason, count } of counted) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return {
    points: days.map((day) => {
      const that = counted.filter((one) => one.day === day);
      return {
        day,
        allowed: sum(that.filter(({ reason }) => allowing.includes(reason))),
        denied: sum(that.filter(({ reason }) => reason !== "unasked" && !allowing.includes(reason))),
        unasked: sum(that.filter(({ reason }) => reason === "unasked")),
      };
    }),
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
  };
}
