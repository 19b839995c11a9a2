import { z } from "zod";
import { key } from "@/lib/contract/text";
import type { LedgerLine } from "@/lib/contract/ledger";
import type { PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { DescribedComparison } from "@/lib/domain/terms-in-words";

export const reportKinds = ["use", "policy"] as const;
export type ReportKind = (typeof reportKinds)[number];

/**
 * Where all people stand with one version, everybody in exactly one part. An answer that has run out still counts as
 * accepted: nothing here reads a row per person, and only such a row knows its own end.
 */
export type Standing = {
  /** Granted, accepted or acknowledged, and the answer reaches this version. */
  readonly accepted: number;
  readonly refused: number;
  readonly withdrawn: number;
  readonly objected: number;
  /** Answered, but the answer does not reach this version, which is in force: they are asked again. */
  readonly due: number;
  /** The same for a version that is not in force, or that asks nobody: what they answered is another deal. */
  readonly elsewhere: number;
  readonly neverAsked: number;
};

export const nobody: Standing = { accepted: 0, refused: 0, withdrawn: 0, objected: 0, due: 0, elsewhere: 0, neverAsked: 0 };

/** How many people last gave this answer, and whether it reaches the version that is looked at. */
export type AnswerCount = { readonly state: PermissionState | AcceptanceState; readonly count: number; readonly reaches: boolean };

/**
 * Counts everybody once. `asking`: the version is in force and people are asked for an answer. A no holds for every
 * version unless the changed version in force asks again (see `decide` and `isDue`); policies are answered text by text.
 */
export function countStanding(kind: ReportKind, answers: readonly AnswerCount[], people: number, asking: boolean): Standing {
  const counts = { ...nobody };
  let answered = 0;
  for (const { state, count, reaches } of answers) {
    answered += count;
    const sticks = kind === "use" && !asking && state !== "granted";
    if (reaches || sticks) counts[partOf(state)] += count;
    else counts[asking ? "due" : "elsewhere"] += count;
  }
  return { ...counts, neverAsked: Math.max(0, people - answered) };
}

function partOf(state: AnswerCount["state"]): "accepted" | "refused" | "withdrawn" | "objected" {
  return state === "granted" || state === "acknowledged" ? "accepted" : state;
}

/** Answers as reports sum them up: a yes, a no, or something taken back. */
export const answerKinds = ["yes", "no", "back"] as const;
export type AnswerKind = (typeof answerKinds)[number];

export function answerKindOf(state: AnswerCount["state"]): AnswerKind {
  if (state === "refused") return "no";
  return state === "withdrawn" || state === "objected" ? "back" : "yes";
}

/** `day` is YYYY-MM-DD, in UTC. */
export type Day = { readonly day: string } & { readonly [K in AnswerKind]: number };
export type Course = { readonly mode: "daily" | "total"; readonly days: number; readonly points: readonly Day[] };

/** What an address may say about the course; anything else means the usual. */
export const courseQuery = z.object({
  days: z.enum(["30", "90", "365"]).catch("90").transform(Number),
  course: z.enum(["daily", "total"]).catch("daily"),
});
export type CourseQuery = z.infer<typeof courseQuery>;

/** A whole number in an address; an empty one is none. */
const place = z.string().regex(/^\d{1,9}$/).transform(Number);

/** Which page of a list: below a number, or after a key. */
export const listQuery = z.object({
  before: place.optional().catch(undefined),
  after: key.optional().catch(undefined),
});

/** Every day from the first to the last, without gaps; `total` adds each day to those before it. */
export function courseOf(counts: readonly Day[], until: Date, { days, course }: CourseQuery): Course {
  const found = new Map(counts.map((one) => [one.day, one]));
  const first = dayOf(until, days - 1);
  const sum = { yes: 0, no: 0, back: 0 };
  const add = (one: Day | undefined) => answerKinds.forEach((kind) => (sum[kind] += one?.[kind] ?? 0));
  if (course === "total") counts.filter((one) => one.day < first).forEach(add);
  const points = Array.from({ length: days }, (_, place): Day => {
    const day = dayOf(until, days - 1 - place);
    add(found.get(day));
    return course === "total" ? { day, ...sum } : { yes: 0, no: 0, back: 0, ...found.get(day), day };
  });
  return { mode: course, days, points };
}

/** The day so many days before a moment, in UTC. */
export function dayOf(moment: Date, daysBefore = 0): string {
  return new Date(moment.getTime() - daysBefore * 86_400_000).toISOString().slice(0, 10);
}

export type SubjectHead = { readonly kind: ReportKind; readonly key: string; readonly name: string };

/** What is in force, and where people stand with it. */
export type SubjectStanding = SubjectHead & {
  readonly version: number;
  readonly since: Date;
  /** False where people need not answer: another legal basis than consent, or a policy that asks nothing. */
  readonly asks: boolean;
  readonly standing: Standing;
};

export type WaitingItem = SubjectHead & { readonly what: "use" | "prompt" | "policy"; readonly version: number; readonly since: Date; readonly authors: readonly string[] };
export type ScheduledItem = { readonly key: string; readonly title: string; readonly version: number; readonly from: Date };

export type OverviewView = {
  readonly now: Date;
  readonly people: number;
  readonly ledger: { readonly size: number; readonly last: Date | null };
  readonly waiting: readonly WaitingItem[];
  readonly scheduled: readonly ScheduledItem[];
  readonly uses: readonly SubjectStanding[];
  readonly policies: readonly SubjectStanding[];
  /** More than the page shows; the rest stands in the reports. */
  readonly more: boolean;
  readonly course: Course;
  readonly recent: readonly LedgerLine[];
  readonly can: { readonly write: boolean; readonly invite: boolean };
};

export type ReportListView = {
  readonly kind: ReportKind;
  readonly people: number;
  readonly rows: readonly SubjectStanding[];
  /** Key to go on after, or null on the last page. */
  readonly next: string | null;
  readonly can: { readonly export: boolean };
};

export type ReportVersion = {
  readonly version: number;
  readonly inForce: boolean;
  readonly publishedAt: Date;
  readonly inForceFrom: Date;
  readonly standing: Standing;
  /** People whose last answer was given to exactly this version. */
  readonly answers: number;
};

export type ReportView = {
  readonly subject: SubjectHead;
  readonly people: number;
  /** Null for a policy whose first version is still to come. */
  readonly live: SubjectStanding | null;
  readonly versions: readonly ReportVersion[];
  /** Number to go on below, or null on the last page. */
  readonly older: number | null;
  readonly course: Course;
  readonly can: { readonly export: boolean };
};

/** People who answered one earlier version and stand before the changed one. */
export type EarlierAnswers = { readonly version: number; readonly people: number; readonly changes: readonly DescribedComparison[]; readonly notes: readonly string[] };

export type ReAskView = SubjectHead & {
  readonly version: number;
  readonly since: Date;
  readonly due: number;
  /** People whose answer was given to the changed version, for the first time or again. */
  readonly answered: number;
  readonly asked: readonly EarlierAnswers[];
  /** Answered earlier versions and are not asked again, since their answer reaches this one. */
  readonly carried: readonly EarlierAnswers[];
  readonly course: Course;
};

export type ReAskListView = { readonly now: Date; readonly items: readonly ReAskView[]; readonly next: number | null };
