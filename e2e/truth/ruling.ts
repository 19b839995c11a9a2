import type { Published, Reask, Said, Span } from "./log";

/** What is known of one version of a use. */
export type Version = { readonly version: number; readonly months: number; readonly reask: Reask };

/** Consent asks first; interest goes on until somebody objects. */
export type Basis = "consent" | "interest";

export type Situation = {
  readonly basis: Basis;
  readonly versions: ReadonlyMap<number, Version>;
  readonly said: Said | null;
  /** Forgotten, and asked to be left alone. */
  readonly leftAlone: boolean;
  readonly requested: number;
  readonly wall: Span;
};

/** Clocks of the database and of whoever looks at the wall may be this far apart, in milliseconds. */
const blur = 5;

/**
 * The reasons that a decision may give, said once more from the design's words and not from the product's code:
 * a no sticks to every version; a yes reaches what it covers; a changed deal comes before an end.
 */
export function rulings({ basis, versions, said, leftAlone, requested, wall }: Situation): string[] {
  if (said === null) return [basis === "consent" ? "never-asked" : leftAlone ? "objected" : "not-required"];
  if (said.answer === "refused" || said.answer === "withdrawn" || said.answer === "objected") return [said.answer];
  if (basis === "interest") return ["not-required"];
  const stands = said.keeps ?? said.version;
  if (!reaches(versions, stands, requested)) return [said.answer === "kept" && reaches(versions, said.version, requested) ? "refused" : "use-changed"];
  const ends: string[] = [];
  if (said.until === null || wall.began < said.until + blur) ends.push("granted");
  if (said.until !== null && wall.ended > said.until - blur) ends.push("expired");
  if (said.once) ends.push("expired");
  return ends;
}

/** Whether an answer to one version holds for another: backward what asks no more, forward as the organisation chose when it published. */
function reaches(versions: ReadonlyMap<number, Version>, answered: number, requested: number): boolean {
  if (answered === requested) return true;
  const [from, to] = [versions.get(answered), versions.get(requested)];
  if (!from || !to) throw new Error(`version ${answered} or ${requested} was never published`);
  const backward = requested < answered;
  return backward || to.reask === "wider" ? to.months <= from.months : to.months === from.months;
}

export const versionOf = ({ version, months, reask }: Published): Version => ({ version, months, reask });
