/** From before a request was sent until after its answer was there, in milliseconds of one clock. */
export type Span = { readonly began: number; readonly ended: number };

/** How an organisation asked again when a version was published. */
export type Reask = "any" | "wider";

export type Published = Span & { readonly use: string; readonly version: number; readonly months: number; readonly reask: Reask };

/** What a person last said about a use, as the receipt told it; `index` is its entry's. */
export type Said = {
  readonly answer: "granted" | "refused" | "kept" | "withdrawn" | "objected";
  readonly version: number;
  /** Beside `kept`: the version whose grant stands. */
  readonly keeps: number | null;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number | null;
  readonly once: boolean;
  readonly index: number;
};

/** A change of where one person stands; `said` is null where everything they said is forgotten. */
export type Change = Span & { readonly person: string; readonly use: string; readonly said: Said | null; readonly leftAlone: boolean };

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

export const emptyLog = (): Log => ({ published: [], changes: [], decided: [] });
