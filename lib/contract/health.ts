import { z } from "zod";
import { call } from "./call";

export const healthCall = call({
  name: "checkHealth",
  method: "get",
  path: "/v1/health",
  scope: null,
  summary: "Is the gateway there?",
  description: "Answers only when the database answers too; for load balancers and watchmen.",
  reply: { status: 200, body: z.strictObject({ status: z.literal("ok"), time: z.iso.datetime().describe("What the database's clock says.") }), description: "It is, at this moment of the database's." },
  refusals: [],
});
