import { judgePublication, type Publisher, type Publishing } from "@/lib/domain/publication";
import { Refusal } from "@/lib/domain/refusal";

/** What is said of a publication of this kind that may not be. */
export type WhyNot = { readonly superseded: string; readonly own: string };

/**
 * Lets through what may be published, and says whether a second pair of eyes looked. Throws `conflict-draft-changed`
 * while approval is not asked for, `version-superseded`, and `same-author`.
 */
export function requirePublishable(publishing: Publishing, by: Publisher, rules: { readonly twoPairsOfEyes: boolean }, whyNot: WhyNot = sayWhyNot(publishing)): boolean {
  const judged = judgePublication(publishing, by, rules);
  switch (judged.hindrance) {
    case "being-written":
      throw new Refusal("conflict-draft-changed", "This draft is being written again. It can be published once its author has asked for approval.");
    case "superseded":
      throw new Refusal("version-superseded", whyNot.superseded);
    case "own":
      throw new Refusal("same-author", whyNot.own);
    case null:
      return judged.twoPairsOfEyes;
  }
}

function sayWhyNot({ replaces }: Publishing): WhyNot {
  return {
    superseded: `${replaces === null ? "No version is in force now." : `Version ${replaces} is in force now, not the one you compared with.`} Reload the page and look again.`,
    own: "You wrote on this version, so somebody else publishes it.",
  };
}
