import type { Call } from "@/lib/contract/call";
import { decisionsCall } from "@/lib/contract/decision";
import { forgetMemoryCall, memoryPageCall, readMemoryCall, rememberCall } from "@/lib/contract/memory";
import { linkCall } from "@/lib/contract/person";
import { dueCall, questionsCall } from "@/lib/contract/question";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [questionsCall, dueCall, decisionsCall, memoryPageCall, readMemoryCall, rememberCall, forgetMemoryCall, linkCall];
