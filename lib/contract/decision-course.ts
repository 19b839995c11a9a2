/** Decisions about one data use, day by day (UTC), oldest first. */
export type DecisionCourse = {
  readonly points: readonly {
    /** As `2026-11-22`. */
    readonly day: string;
    readonly allowed: number;
    readonly denied: number;
    /** Uses that were made without asking, as hosts reported them. */
    readonly unasked: number;
  }[];
  /** How often each reason was given in all, most often first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
};
