import { answersCall } from "@/lib/contract/answer";
import type { Call } from "@/lib/contract/call";
import { importsCall } from "@/lib/contract/consent-import";
import { decisionsCall } from "@/lib/contract/decision";
import { healthCall } from "@/lib/contract/health";
import { checkpointCall, consistencyCall, entryCall, inclusionCall } from "@/lib/contract/ledger-calls";
import { cleanseCall } from "@/lib/contract/list";
import { forgetMemoryCall, memoryPageCall, readMemoryCall, rememberCall } from "@/lib/contract/memory";
import { permissionsCall } from "@/lib/contract/permission";
import { openapiCall } from "@/lib/contract/openapi-call";
import { forgetPersonCall, linkCall } from "@/lib/contract/person";
import { personTokenCall } from "@/lib/contract/person-token";
import { dueCall, questionsCall } from "@/lib/contract/question";
import { usesMadeCall } from "@/lib/contract/use-count";
import { confirmationCall } from "@/lib/contract/webhook";

/** Every call of the gateway, in the order in which its description tells of them. */
export const calls: readonly Call[] = [
  questionsCall,
  dueCall,
  answersCall,
  decisionsCall,
  permissionsCall,
  usesMadeCall,
  cleanseCall,
  memoryPageCall,
  readMemoryCall,
  rememberCall,
  forgetMemoryCall,
  importsCall,
  personTokenCall,
  linkCall,
  forgetPersonCall,
  confirmationCall,
  checkpointCall,
  entryCall,
  inclusionCall,
  consistencyCall,
  openapiCall,
  healthCall,
];
