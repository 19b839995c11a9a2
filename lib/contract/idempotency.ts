import { z } from "zod";

/**
 * `Idempotency-Key` as a host sends it (draft-ietf-httpapi-idempotency-key-header): anything of its own making, visible
 * ASCII, with or without the quotation marks of a structured field.
 */
export const idempotencyKey = z
  .string()
  .transform((sent) => /^"(.*)"$/.exec(sent)?.[1] ?? sent)
  .pipe(z.string().regex(/^[\x21-\x7e]{1,200}$/, "An Idempotency-Key has 1 to 200 visible ASCII characters."));
