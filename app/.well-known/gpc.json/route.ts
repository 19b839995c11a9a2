import { gpcSupport } from "@/lib/contract/signal";

/** That Global Privacy Control is honoured here (GPC specification, § 4). */
export function GET(): Response {
  return Response.json(gpcSupport);
}
