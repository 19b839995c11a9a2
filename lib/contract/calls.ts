import type { Call } from "@/lib/contract/call";
import { decisionsCall } from "@/lib/contract/decision";
import { cleanseCall } from "@/lib/contract/list";
import { linkCall } from "@/lib/contract/person";
import { usesMadeCall } from "@/lib/contract/use-count";
import { confirmationCall } from "@/lib/contract/webhook";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [decisionsCall, usesMadeCall, cleanseCall, linkCall, confirmationCall];
