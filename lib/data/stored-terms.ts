import { z } from "zod";
import { automations, legalBases, recipientKinds, sharings, sources, type Terms } from "@/lib/domain/terms";

/** Terms as they lie in the database, draft or published: of the right shape, though a draft may still lack something. */
export const storedTerms = z.strictObject({
  categories: z.array(z.string()),
  purpose: z.string(),
  recipients: z.array(z.strictObject({ name: z.string(), kind: z.enum(recipientKinds) })),
  retention: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("period"), count: z.number().int().min(0), unit: z.enum(["days", "months"]) }),
    z.strictObject({ kind: z.literal("relationship") }),
    z.strictObject({ kind: z.literal("indefinite") }),
  ]),
  legalBasis: z.enum(legalBases),
  places: z.array(z.string().regex(/^[A-Z]{2}$/)),
  sources: z.array(z.enum(sources)),
  sharing: z.enum(sharings),
  automation: z.enum(automations),
  benefits: z.array(z.string()),
}) satisfies z.ZodType<Terms>;
