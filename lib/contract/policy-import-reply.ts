import { z } from "zod";
import { refusalCodes } from "@/lib/domain/refusal";
import type { FormState } from "./form";
import type { ImportSummary } from "./policy-views";

const moment = z.iso.datetime().transform((value) => new Date(value));

const summary = z.object({
  policy: z.object({ key: z.string(), title: z.string(), isNew: z.boolean() }),
  found: z.number(),
  added: z.number(),
  alreadyHere: z.number(),
  from: moment,
  until: moment,
  versions: z.array(z.object({ number: z.number(), file: z.string(), title: z.string(), inForceFrom: moment, summary: z.string(), isNew: z.boolean() })),
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
  imported: z.boolean(),
});

const reply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("refused"),
    code: z.enum(refusalCodes),
    message: z.string(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
    values: z.record(z.string(), z.array(z.string())),
  }),
  z.object({ status: z.literal("done"), message: z.string(), result: summary }),
]);

/** What the upload address answers, read back in the page; null when it is something else (a sign-in page, a proxy's error). */
export function readImportReply(json: unknown): FormState<ImportSummary> | null {
  const parsed = reply.safeParse(json);
  return parsed.success ? parsed.data : null;
}
