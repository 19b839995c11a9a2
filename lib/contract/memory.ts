import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { type questionView } from "./question";
import { text, useKey, versionNumber } from "./text";
import { type decisionReasons } from "@/lib/domain/decision";
import { sources, type Source } from "@/lib/domain/terms";

/** What a host calls one thing that it remembers for a person. */
export const memoryKey = z
  .string({ error: "The key is missing." })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$/, "Use up to 120 letters, digits, dots, colons, hyphens and underscores, such as bike.interest.")
  .describe("Your own name for the thing: the same name again replaces it.");

/** The largest value, as JSON in UTF-8, in bytes; and how deep it may be nested. */
const [mostBytes, deepest] = [16_384, 32];
const forbidden = new Set(["__proto__", "prototype", "constructor"]);

/** Any JSON value that is kept and given back as it was. */
const value = z.unknown().superRefine((given, context) => {
  const fault = faultIn(given);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

function faultIn(given: unknown): string | null {
  if (given === undefined) return "The value is missing. To forget it, delete the item.";
  const left: { at: unknown; depth: number }[] = [{ at: given, depth: 0 }];
  for (let one = left.pop(); one; one = left.pop()) {
    if (one.depth > deepest) return `The value is nested too deep: at most ${deepest} levels.`;
    if (typeof one.at === "string" && !one.at.isWellFormed()) return "The value holds a broken character.";
    if (typeof one.at !== "object" || one.at === null) continue;
    const depth = one.depth + 1;
    for (const name of Object.keys(one.at)) if (forbidden.has(name) || !name.isWellFormed()) return "The value has a name in it that cannot be kept.";
    for (const inner of Object.values(one.at)) left.push({ at: inner, depth });
  }
  return new TextEncoder().encode(JSON.stringify(given)).length > mostBytes ? "The value is too large: at most 16 KiB as JSON." : null;
}

const versionInAddress = z.coerce.number("The version is a whole number.").pipe(versionNumber).describe("The version of the use under which it is to be used; the live one unless named.");

export const rememberInput = z.strictObject({
  value: value.describe("Anything in JSON, at most 16 KiB: given back as it was."),
  category: text({ max: 200, what: "The category" }).describe("Key of a data category that the use's terms reach to."),
  use: useKey.describe("Key of the data use that it serves."),
  version: versionNumber.describe("The version that it is remembered under; the live one unless named.").optional(),
  source: z.enum(sources, { error: "Say how it came to be known: told, observed, inferred or obtained." }).describe("How it came to be known, as the use's terms say."),
  note: text({ max: 300, what: "The note" }).describe("A few words to the person: where exactly it comes from.").optional(),
});
export type RememberInput = z.infer<typeof rememberInput>;

const item = {
  key: z.string().describe("Your own name for the thing."),
  use: z.string().describe("Key of the data use that it serves."),
  version: z.int().describe("The version of the use that it stands on."),
  index: z.int().nullable().describe("Index of the entry of the answer that it stands on; null where the use needs no answer."),
  category: z.string().describe("Key of its data category."),
  source: z.enum(sources).describe("How it came to be known."),
  note: z.string().nullable().describe("What was said to the person about where it comes from."),
  rememberedAt: z.iso.datetime().describe("Since when something is remembered under this name."),
  changedAt: z.iso.datetime().describe("When it was last written."),
  readAt: z.iso.datetime().nullable().describe("When a host last read it, to the minute."),
};
export const memoryItemView = z.strictObject({ ...item, value: z.unknown().describe("What is remembered, as it was given.") });
export type MemoryItemView = z.infer<typeof memoryItemView>;

export const rememberedView = z.strictObject(item);
export type RememberedView = z.infer<typeof rememberedView>;

export const memoryPageView = z.strictObject({
  items: z.array(memoryItemView).describe("What may be used now; may be fewer than the limit."),
  next: z.string().nullable().describe("What to give as `after` for the next page; null at the end."),
});
export type MemoryPageView = z.infer<typeof memoryPageView>;

export const memoryPageQuery = z
  .strictObject({
    use: useKey.describe("Only what is remembered for this data use.").optional(),
    version: versionInAddress.describe("Beside `use`: the version under which it is to be used; the live one unless named.").optional(),
    after: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Begin where the page before ended, or leave it out.").describe("The `next` of the page before.").optional(),
    limit: z.coerce.number("The limit is a whole number.").pipe(z.int("The limit is a whole number.").min(1, "The limit is at least 1.").max(500, "At most 500 items at once.")).describe("At most so many items.").default(100),
  })
  .refine(({ use, version: asked }) => asked === undefined || use !== undefined, { message: "Name the use whose version this is.", path: ["version"] });
export type MemoryPageQuery = z.infer<typeof memoryPageQuery>;

const common = { scope: "remember" } as const;
const itemParams = z.strictObject({ ref: personRef, key: memoryKey });

/** What comes beside `permission-required`: why not, and the question to ask, where it may be asked now. */
export type PermissionRequired = { readonly reason: (typeof decisionReasons)[number]; readonly question: z.infer<typeof questionView> | null };

export const memoryPageCall = call({
  ...common,
  name: "listMemory",
  method: "get",
  path: "/v1/people/{ref}/memory",
  summary: "What is remembered for a person",
  description: "What may be used now, under the live version of each use, or under the named version of one. What no permission holds for is not there. Pages may be shorter than the limit before the end.",
  params: z.strictObject({ ref: personRef }),
  query: memoryPageQuery,
  reply: { status: 200, body: memoryPageView, description: "The items and where the next page begins." },
  refusals: [],
});

export const readMemoryCall = call({
  ...common,
  name: "recall",
  method: "get",
  path: "/v1/people/{ref}/memory/{key}",
  summary: "One thing remembered for a person",
  description: "Decided at the moment of asking, like any use of it: what no permission holds for is not found.",
  params: itemParams,
  query: z.strictObject({ version: versionInAddress.optional() }),
  reply: { status: 200, body: memoryItemView, description: "The item." },
  refusals: ["not-found"],
});

export const rememberCall = call({
  ...common,
  name: "remember",
  method: "put",
  idempotency: "none",
  path: "/v1/people/{ref}/memory/{key}",
  summary: "Remember something for a person",
  description:
    "Kept sealed under the person's own key, shown to them, and gone with the permission it stands on. Without a permission that covers it: 403 `permission-required`, with `reason` and, where it may be asked now, the `question` to ask. A ref that is new becomes a person.",
  params: itemParams,
  body: rememberInput,
  reply: { status: 200, body: rememberedView, description: "What it stands on." },
  example: { body: { value: "M", category: "user.demographic.sizes", use: "boot-and-jacket-size", source: "told", note: "From your order of 3 May." } },
  refusals: ["permission-required", "suppressed"],
});

export const forgetMemoryCall = call({
  ...common,
  name: "forgetItem",
  method: "delete",
  idempotency: "none",
  path: "/v1/people/{ref}/memory/{key}",
  summary: "Forget one thing",
  description: "For good, whatever it stands on; what is not there is gone already.",
  params: itemParams,
  reply: { status: 204, description: "It is gone." },
  refusals: [],
});

/** One thing as its person sees it. */
export type MyMemoryItem = {
  readonly key: string;
  /** As JSON, or as it is where it is plain text. */
  readonly value: string;
  readonly category: string;
  readonly source: Source;
  readonly note: string | null;
  readonly use: { readonly key: string; readonly title: string; readonly locale: string };
  readonly version: number;
  /** Of the answer that it stands on; null where the use needs none. */
  readonly index: number | null;
  /** Whether the person may say no to the use at all. */
  readonly mayObject: boolean;
  readonly rememberedAt: Date;
  readonly readAt: Date | null;
  /** `waiting`: permitted under its version, though not under the live one. `ended`: out of reach until it goes. */
  readonly standing: "used" | "waiting" | "ended";
  /** When what has ended is destroyed. */
  readonly goesAt: Date | null;
};
export type MyMemoryView = { readonly items: readonly MyMemoryItem[]; readonly freezeDays: number; readonly next: string | null };

/** Where a page of a person's own list goes on; what makes no sense begins at the start. */
export const memoryPlace = z.string().regex(/^[0-9a-f]{64}$/).nullable().catch(null).default(null);

export const deleteMemoryForm = z.strictObject({ key: memoryKey });
