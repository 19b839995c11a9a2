import type { Source } from "@/lib/domain/terms";

/** How something came to be known, to the person whom it is about. */
export const sourceWords: { readonly [S in Source]: string } = {
  told: "You told us",
  observed: "We noticed it when you used our services",
  inferred: "We concluded it from other things",
  obtained: "Somebody else told us",
};

/** A remembered value as people read it: `kinds: enduro, gravel; size: 54.5`. */
export function valueInWords(value: unknown): string {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(inner).join(", ");
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${Array.isArray(part) ? valueInWords(part) : inner(part)}`);
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

/** Within another value, what has parts of its own is set apart. */
function inner(value: unknown): string {
  const words = valueInWords(value);
  return typeof value === "object" && value !== null && Object.keys(value).length > 0 ? `(${words})` : words;
}
