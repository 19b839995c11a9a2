/** What is to be published, as it stands now. */
export type Publishing = {
  /** Whoever writes says when it is done: nobody publishes what is still being written. */
  readonly proposed: boolean;
  /** Everybody who wrote any of it, by id. */
  readonly authors: readonly string[];
  /** The number of the version it would take the place of; null for the first. */
  readonly replaces: number | null;
};

/** Who publishes it, and the version that they compared it with. */
export type Publisher = { readonly id: string; readonly replaces: number | null };

type Rules = { readonly twoPairsOfEyes: boolean };

/** What stands in the way, or whether a second pair of eyes looked. */
export type Judgement = { readonly hindrance: "being-written" | "superseded" | "own" } | { readonly hindrance: null; readonly twoPairsOfEyes: boolean };

/** Judges a publication by what is there now; of several hindrances the first counts. */
export function judgePublication(publishing: Publishing, by: Publisher, rules: Rules): Judgement {
  if (!publishing.proposed) return { hindrance: "being-written" };
  if (publishing.replaces !== by.replaces) return { hindrance: "superseded" };
  if (needsAnother(publishing.authors, by.id, rules)) return { hindrance: "own" };
  return { hindrance: null, twoPairsOfEyes: !publishing.authors.includes(by.id) };
}

/** Two pairs of eyes: whether somebody wrote on it, and so another has to publish it. */
export function needsAnother(authors: readonly string[], somebody: string, rules: Rules): boolean {
  return rules.twoPairsOfEyes && authors.includes(somebody);
}

/** Whether a draft is the very one, in the very state, that somebody had before their eyes. */
export function isAsSeen<D extends { readonly id: string; readonly revision: number }>(draft: D | null, seen: { readonly draft: string; readonly revision: number }): draft is D {
  return draft !== null && draft.id === seen.draft && draft.revision === seen.revision;
}
