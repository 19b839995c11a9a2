import { answersCall } from "@/lib/contract/answer";
import type { Call } from "@/lib/contract/call";
import { importsCall } from "@/lib/contract/consent-import";
import { decisionsCall } from "@/lib/contract/decision";
import { permissionsCall } from "@/lib/contract/permission";
import { linkCall } from "@/lib/contract/person";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [answersCall, decisionsCall, permissionsCall, importsCall, linkCall];
