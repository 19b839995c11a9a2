import type { Call } from "@/lib/contract/call";
import { decisionsCall } from "@/lib/contract/decision";
import { linkCall } from "@/lib/contract/person";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [decisionsCall, linkCall];
