import { z } from "zod";
import { text } from "@/lib/contract/text";

/** A key of the taxonomy: dotted, e.g. `user.contact.email`. */
export const taxonomyKey = z
  .string({ error: "Choose from the list." })
  .max(200, "Choose from the list.")
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, "Choose from the list.");

/** The kinds of words a data use is described with; subjects are not ours to extend here. */
export const wordKinds = ["category", "purpose"] as const;
export type WordKind = (typeof wordKinds)[number];

export const wordKind = z.enum(wordKinds, { error: "Choose what kind of word it is." });

/** A new word of the organisation's own, below one that exists. Its key follows from the parent and the name. */
export const addWord = z.strictObject({
  kind: wordKind,
  parent: z.string({ error: "Choose where it belongs." }).min(1, "Choose where it belongs.").pipe(taxonomyKey),
  name: text({ max: 80, what: "The name" }),
  description: text({ max: 400, what: "The description", multiline: true }),
});
export type AddWord = z.infer<typeof addWord>;

/** One word to pick from, as pickers show it. */
export type Word = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly parentKey: string | null;
};

/** One of the organisation's own words, as the list shows it. */
export type OwnWord = Word & { readonly parentName: string; readonly createdAt: Date };

/** All words of one kind, and the organisation's own among them, newest first. */
export type WordsView = {
  readonly kind: WordKind;
  readonly words: readonly Word[];
  readonly own: readonly OwnWord[];
  readonly can: { readonly write: boolean };
};

/** The last part of a key from a name: `Mountain bikes` → `mountain_bikes`; empty when no letter or digit of it fits. */
export function segmentFromName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60)
    .replace(/_+$/, "");
}
