import { TextLink } from "@/components/ui/text-link";

/** What taking a permission back would take away with it; nothing where nothing is remembered. */
export function ForgetsWith({ count, freezeDays }: { count: number; freezeDays: number }) {
  if (count === 0) return null;
  const things = count === 1 ? "1 thing is" : `${count} things are`;
  const then = freezeDays === 0 ? "gone at once" : `out of reach at once, and gone after ${freezeDays === 1 ? "a day" : `${freezeDays} days`}`;
  return <p className="w-full text-sm text-muted"><TextLink href="/me/memory">{things} remembered</TextLink> for this. If you say no, {count === 1 ? "it is" : "they are"} {then}.</p>;
}
