import { z } from "zod";
import { key, requestId, whole } from "@/lib/contract/text";
import { reportKinds } from "@/lib/contract/report";

/** The acceptance of every version; `request` comes from the page that showed the link. */
export const acceptanceExport = z.strictObject({ request: requestId });
export type AcceptanceExport = z.infer<typeof acceptanceExport>;

/** Every answer that people last gave to exactly one version. */
export const answersExport = z.strictObject({
  kind: z.enum(reportKinds, { error: "Say whether it is a data use or a policy." }),
  key,
  version: whole("The version", 1, 2_147_483_647),
  request: requestId,
});
export type AnswersExport = z.infer<typeof answersExport>;

/** A download on its way: UTF-8 CSV (RFC 4180) with a byte order mark. The bytes are made as they are read. */
export type Download = {
  readonly filename: string;
  /** Rows without the header, as its ledger entry says. */
  readonly rows: number;
  readonly body: ReadableStream<Uint8Array>;
};
