/** From before a request was sent until after its answer was there, in milliseconds of one clock. */
export type Span = { readonly began: number; readonly ended: number };

/** How an organisation asked again when a version was published. */
export type Reask = "any" | "wider";

/** Who else gets what a use has, from nobody to whoever pays. */
export const sharings = ["none", "shared", "sold"] as const;
export type Sharing = (typeof sharings)[number];

export type Published = Span & { readonly use: string; readonly version: number; readonly months: number; readonly sharing: Sharing; readonly reask: Reask };

/** What a person last said about a use, as the receipt told it; `index` is its entry's. */
export type Said = {
  readonly answer: "granted" | "refused" | "kept" | "withdrawn" | "objected";
  readonly version: number;
  /** Beside `kept`: the version whose grant stands. */
  readonly keeps: number | null;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number | null;
  readonly once: boolean;
  /** Whether the question told them what their browser's signal asks for. */
  readonly told: boolean;
  readonly index: number;
};

/** What moves one person's standing with one use; `signal` is their browser's, heard with a question or an answer. */
export type Change = Span & { readonly person: string; readonly use: string; readonly what: Said | "signal" | "forgotten" | "left alone" };

export type Decided = Span & {
  readonly person: string;
  readonly use: string;
  /** The version asked about; null for the live one. */
  readonly asked: number | null;
  readonly allowed: boolean;
  readonly reason: string;
  readonly version: number;
  /** Entry of the answer that it rests on. */
  readonly index: number | null;
  /** The same span by the clock on the wall. */
  readonly wall: Span;
};

/** Everything that happened, each list in the order in which it began. */
export type Log = { readonly published: Published[]; readonly changes: Change[]; readonly decided: Decided[] };

/** What people said, by the index of its entry. */
export const saidIn = (log: Log): Map<number, Said> => new Map(log.changes.flatMap(({ what }) => (typeof what === "string" ? [] : [[what.index, what]])));

export const isYes = ({ answer }: Pick<Said, "answer">): boolean => answer === "granted" || answer === "kept";

export const emptyLog = (): Log => ({ published: [], changes: [], decided: [] });
