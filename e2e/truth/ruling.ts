import { isYes, sharings, type Published, type Reask, type Said, type Sharing, type Span } from "./log";

/** What is known of one version of a use. */
export type Version = { readonly version: number; readonly months: number; readonly sharing: Sharing; readonly reask: Reask };

/** Consent asks first; interest goes on until somebody objects. */
export type Basis = "consent" | "interest";

export type Use = { readonly basis: Basis; readonly versions: ReadonlyMap<number, Version> };

/** Where one person stands with one use. */
export type Standing = {
  readonly said: Omit<Said, "index"> | null;
  /** Forgotten, and asked to be left alone. */
  readonly leftAlone: boolean;
  /** Their browser has said not to sell, share or target. */
  readonly heard: boolean;
};

export const stranger: Standing = { said: null, leftAlone: false, heard: false };

export type Situation = Use & { readonly standing: Standing; readonly requested: number; readonly live: number; readonly wall: Span };

/** Clocks of the database and of whoever looks at the wall may be this far apart, in milliseconds. */
const blur = 5;

/**
 * The reasons that a decision may give, said once more from the design's words and not from the product's code:
 * a no sticks to every version; a yes reaches what it covers; a changed deal comes before an end; and of what would be
 * allowed, a signal that was heard lets nothing pass to which the person did not say yes knowing of it.
 */
export function rulings({ basis, versions, standing, requested, live, wall }: Situation): string[] {
  const { said, leftAlone, heard } = standing;
  const objected = heard && !said?.told && (shares(versions, requested) || shares(versions, live));
  if (said === null) return [basis === "consent" ? "never-asked" : leftAlone || objected ? "objected" : "not-required"];
  if (!isYes(said)) return [said.answer];
  if (basis === "interest") return [objected ? "objected" : "not-required"];
  const stands = said.keeps ?? said.version;
  if (!reaches(versions, stands, requested)) return [said.answer === "kept" && reaches(versions, said.version, requested) ? "refused" : "use-changed"];
  const ends: string[] = [];
  if (said.until === null || wall.began < said.until + blur) ends.push(objected ? "objected" : "granted");
  if (said.until !== null && wall.ended > said.until - blur) ends.push("expired");
  if (said.once) ends.push("expired");
  return ends;
}

/**
 * Where somebody stands whose signal comes while this version is in force: it is an objection to what sells or shares. A
 * yes that knew of it stays, and so does a no, unless the terms have changed so that they would be asked again.
 */
export function objecting({ basis, versions }: Use, standing: Standing, live: number): Standing {
  const { said } = standing;
  const stays = said !== null && (isYes(said) ? said.told : basis === "interest" || reaches(versions, said.version, live));
  if (stays || !shares(versions, live)) return { ...standing, heard: true };
  return { ...standing, heard: true, said: { answer: "objected", version: live, keeps: null, until: null, once: false, told: false } };
}

/** Whether an answer to one version holds for another: backward what asks no more, forward as the organisation chose when it published. */
function reaches(versions: Use["versions"], answered: number, requested: number): boolean {
  if (answered === requested) return true;
  const [from, to] = [versionIn(versions, answered), versionIn(versions, requested)];
  const asksNoMore = to.months <= from.months && sharings.indexOf(to.sharing) <= sharings.indexOf(from.sharing);
  const same = to.months === from.months && to.sharing === from.sharing;
  return requested < answered || to.reask === "wider" ? asksNoMore : same;
}

const shares = (versions: Use["versions"], version: number): boolean => versionIn(versions, version).sharing !== "none";

function versionIn(versions: Use["versions"], number: number): Version {
  const version = versions.get(number);
  if (!version) throw new Error(`version ${number} was never published`);
  return version;
}

export const versionOf = ({ version, months, sharing, reask }: Published): Version => ({ version, months, sharing, reask });
