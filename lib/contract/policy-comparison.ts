import type { PolicyHead, PolicyVersionHead } from "./policy-views";

/** One stretch of a difference: words that stayed, came or went. */
export type ComparedPart = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** One paragraph, heading, item, row or piece of code of a difference, in the order of the new text. */
export type ComparedBlock = {
  readonly kind: "same" | "added" | "removed" | "changed" | "moved";
  readonly role: "heading" | "paragraph" | "item" | "row" | "code";
  readonly level: number;
  readonly parts: readonly ComparedPart[];
  readonly links: readonly { readonly kind: "added" | "removed"; readonly text: string; readonly url: string }[];
};

export type ComparisonStats = { readonly addedWords: number; readonly removedWords: number; readonly sameWords: number };

/** Two versions of a policy, word by word, in one language. */
export type PolicyComparison = {
  readonly policy: PolicyHead;
  readonly from: ComparedSide;
  readonly to: ComparedSide;
  readonly locale: string;
  /** Languages that both versions have. */
  readonly locales: readonly string[];
  readonly titles: readonly ComparedPart[];
  readonly blocks: readonly ComparedBlock[];
  readonly stats: ComparisonStats;
};

export type ComparedSide = Pick<PolicyVersionHead, "number" | "inForceFrom" | "standing" | "changeNote">;

/** A run of blocks: one change with what belongs to it, or what stayed in between. */
export type ComparedRun = { readonly change: number | null; readonly blocks: readonly ComparedBlock[] };

/** Runs of changed and unchanged blocks in turn; changes are numbered from 1, and a heading begins a new one. */
export function runsOf(blocks: readonly ComparedBlock[]): ComparedRun[] {
  const runs: { change: number | null; blocks: ComparedBlock[] }[] = [];
  let changes = 0;
  for (const block of blocks) {
    const last = runs.at(-1);
    const isChange = block.kind !== "same";
    const isNewPart = isChange && block.role === "heading" && last?.blocks.some((one) => one.role !== "heading");
    if (last && (last.change !== null) === isChange && !isNewPart) last.blocks.push(block);
    else runs.push({ change: isChange ? (changes += 1) : null, blocks: [block] });
  }
  return runs;
}
