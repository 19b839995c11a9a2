import { z } from "zod";

/**
 * Text from outside: trimmed, bounded, well-formed Unicode without NUL or other control characters (line breaks and
 * tabs stay where several lines are meant). PostgreSQL cannot store NUL, and canonical JSON cannot say a lone surrogate.
 */
export function text(options: { max: number; min?: number; multiline?: boolean; what?: string }) {
  const what = options.what ?? "This";
  const min = options.min ?? 1;
  const control = options.multiline ? /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/ : /[\u0000-\u001f\u007f]/;
  return z
    .string({ error: `${what} is missing. Write a few words.` })
    // What programs are told; spaces around it are not counted, so the limit itself stands below.
    .meta({ minLength: min, maxLength: options.max })
    .transform((value) => (options.multiline ? value.replace(/\r\n?/g, "\n") : value).trim())
    .pipe(
      z
        .string()
        .min(min, min === 1 ? `${what} is missing. Write a few words.` : `${what} needs at least ${min} characters.`)
        .max(options.max, `${what} is too long: at most ${options.max.toLocaleString("en")} characters.`)
        .refine((value) => value.isWellFormed(), `${what} holds a broken character. Type it again.`)
        .refine((value) => !control.test(value), `${what} holds a character that cannot be kept. Remove line breaks or invisible characters.`),
    );
}

/** A short name in addresses: lower-case letters, digits and hyphens. */
export const key = z
  .string({ error: "The short name is missing." })
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and hyphens, such as mountain-bikes.")
  .max(60, "At most 60 characters.");

/** The key of a data use, as programs name it. */
export const useKey = key.describe("Key of the data use.");

/** A published version, as programs name it. */
export const versionNumber = z.int("The version is a whole number.").min(1, "Versions begin at 1.").max(1_000_000, "There is no such version.");

/** Sent with a form or call, so that sending it twice does it once. */
export const requestId = z.uuid("Reload the page and send this again.");

/** BCP 47 language tag, such as en or pt-BR. */
export const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, "Choose a language.");

/** A whole number in a form or an address. */
export const whole = (what: string, min: number, max: number) =>
  z.coerce
    .number({ error: `${what} is a whole number.` })
    .int(`${what} is a whole number.`)
    .min(min, `${what} is at least ${min}.`)
    .max(max, `${what} is at most ${max.toLocaleString("en")}.`);

/** `Mountain-bike picks` → `mountain-bike-picks`. */
export function keyFromName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}
