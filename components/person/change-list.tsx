import { ArrowRight } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { Change } from "@/lib/contract/question";

/** What changed against what this person last answered: in a sentence, and as before and after. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="space-y-4">
      {changes.map((change) => (
        <li key={`${change.dimension} ${change.label}`}>
          <p className="text-sm font-medium text-muted">{change.label}</p>
          {change.dimension === "text" ? <p className="mt-1 whitespace-pre-line text-ink">{change.text}</p> : <BeforeAndAfter change={change} />}
        </li>
      ))}
    </ul>
  );
}

function BeforeAndAfter({ change }: { change: Change }) {
  return (
    <>
      <p className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-lg text-ink">
        <VisuallyHidden>From </VisuallyHidden>
        <span className="whitespace-pre-line text-muted line-through decoration-line-strong">{change.from}</span>
        <Icon size="sm" className="text-muted"><ArrowRight /></Icon>
        <VisuallyHidden>to </VisuallyHidden>
        <span className="whitespace-pre-line font-semibold">{change.to}</span>
      </p>
      <p className="mt-1 text-sm text-muted">{change.text}</p>
    </>
  );
}
