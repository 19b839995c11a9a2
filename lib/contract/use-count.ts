import { z } from "zod";
import { call } from "./call";
import { key, useKey } from "./text";

/** Uses that a host made without asking for a decision. */
export const usesMade = z.strictObject({
  use: useKey,
  count: z.int("The count is a whole number.").min(1, "Report at least one.").max(1_000_000_000, "At most 1,000,000,000 at once.").describe("How many times.").default(1),
  call: key.describe("What it was done for, in a short word of your own.").optional(),
});
export type UsesMade = z.infer<typeof usesMade>;

export const usesMadeCall = call({
  name: "reportUses",
  method: "post",
  path: "/v1/uses",
  scope: "decide",
  summary: "Uses that were made without asking",
  description:
    "For what cannot ask first, and for what went ahead without: counted per use and day, beside the decisions, where compliance sees it. Nobody is named.",
  body: usesMade,
  reply: { status: 204, description: "Counted." },
  example: { body: { use: "delivery-address", count: 12 } },
  refusals: ["not-found"],
});
