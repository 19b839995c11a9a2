import type { Effect } from "@/lib/contract/use";

const people = (count: number) => (count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`);

/** What publishing would do, as calm sentences: who is asked again, who is not, and by which rule. */
export function effectInWords(effect: Effect): string[] {
  const noPrompt = effect.promptLive || effect.basis !== "consent" ? [] : ["Nobody can be asked until a prompt is published."];
  if (effect.basis !== "consent") {
    return ["It does not rest on permission, so nobody is asked. Every no that people gave goes on counting."];
  }
  if (effect.first) return ["This is the first version, so nobody has answered it yet.", ...noPrompt];
  if (effect.asked + effect.stays === 0) return ["Nobody has answered an earlier version, so nobody is asked again.", ...noPrompt];
  const rule =
    effect.reask === "any"
      ? "Your organisation asks again after every change of terms."
      : "Your organisation asks again only when a change is not plainly narrower.";
  return [
    effect.asked === 0
      ? `Nobody is asked again: the answers of ${people(effect.stays)} go on holding.`
      : `${people(effect.asked)} ${effect.asked === 1 ? "is" : "are"} asked again. Until then what was permitted goes on holding, and nothing beyond it.`,
    ...(effect.asked > 0 && effect.stays > 0 ? [`The answers of ${people(effect.stays)} go on holding (given to ${versions(effect.carriedFrom)}).`] : []),
    rule,
    ...noPrompt,
  ];
}

function versions(numbers: readonly number[]): string {
  return numbers.length === 1 ? `version ${numbers[0]}` : `versions ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

/** What publishing would do. */
export function EffectOfPublishing({ effect }: { effect: Effect }) {
  return (
    <div className="space-y-2 text-ink">
      {effectInWords(effect).map((sentence) => <p key={sentence}>{sentence}</p>)}
    </div>
  );
}
