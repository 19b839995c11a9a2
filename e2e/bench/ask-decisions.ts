import { z } from "zod";
import { decisionView, type DecisionAsked, type DecisionView } from "@/lib/contract/decision";
import { PlainError } from "@/lib/data/settings/plain-error";

export type AskDecisions = (asked: readonly DecisionAsked[]) => Promise<DecisionView[]>;

const reply = z.strictObject({ decisions: z.array(decisionView) });
export const path = "/v1/decisions";
export const headersFor = (apiKey: string) => ({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });

/** Asks the gateway, as a host application would. */
export function decisionsOf(gateway: string, apiKey: string): AskDecisions {
  return async (decisions) => {
    const answer = await fetch(`${gateway}${path}`, { method: "POST", headers: headersFor(apiKey), body: JSON.stringify({ decisions }), signal: AbortSignal.timeout(30_000) });
    const text = await answer.text();
    if (!answer.ok) throw new PlainError(`The gateway answered ${answer.status}: ${text}`);
    return reply.parse(JSON.parse(text)).decisions;
  };
}
