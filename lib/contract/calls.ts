import type { Call } from "@/lib/contract/call";
import { decisionsCall } from "@/lib/contract/decision";
import { healthCall } from "@/lib/contract/health";
import { checkpointCall, consistencyCall, entryCall, inclusionCall } from "@/lib/contract/ledger-calls";
import { cleanseCall } from "@/lib/contract/list";
import { forgetPersonCall, linkCall } from "@/lib/contract/person";
import { personTokenCall } from "@/lib/contract/person-token";
import { usesMadeCall } from "@/lib/contract/use-count";
import { confirmationCall } from "@/lib/contract/webhook";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [decisionsCall, usesMadeCall, cleanseCall, personTokenCall, linkCall, forgetPersonCall, confirmationCall, checkpointCall, entryCall, inclusionCall, consistencyCall, healthCall];
