import { codeWords } from "@/lib/contract/call-refusals";
import { referenceOf, type CallReference } from "@/lib/contract/call-reference";
import { calls } from "@/lib/contract/calls";
import { refusalCodes } from "@/lib/domain/refusal";
import { settings } from "@/lib/data/settings/settings";
import { statusOf } from "@/lib/delivery/refusal-status";

export type ApiReference = {
  /** Where the gateway is found: an origin. */
  readonly server: string;
  readonly calls: readonly CallReference[];
  readonly codes: readonly { readonly code: string; readonly status: number; readonly words: string }[];
  readonly limits: { readonly callsPerSecond: number; readonly browserCallsPerMinute: number; readonly slowestBodySeconds: number };
};

/** What the page for developers tells, from what the gateway itself is made of. */
export function apiReference(): ApiReference {
  const { gatewayUrl, door } = settings();
  const codes = refusalCodes.flatMap((code) => {
    const words = codeWords[code];
    return words === undefined ? [] : [{ code, status: statusOf[code], words }];
  });
  return {
    server: gatewayUrl,
    calls: calls.map((call) => referenceOf(call, gatewayUrl)),
    codes: codes.sort((one, other) => one.status - other.status),
    limits: door,
  };
}
