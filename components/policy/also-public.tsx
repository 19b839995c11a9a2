import { Notice } from "@/components/ui/notice";
import { absoluteTime } from "@/components/ui/time";
import type { WaitingHistory } from "@/lib/contract/policy-views";

/** What else becomes public with a version, said before it is published. `less` versions are the one itself. */
export function AlsoPublic({ waiting, less }: { waiting: WaitingHistory | null; less: number }) {
  if (!waiting || waiting.count <= less) return null;
  const count = waiting.count - less;
  const years = [...new Set([waiting.from, waiting.until].map((moment) => moment.getUTCFullYear()))].join("–");
  return (
    <Notice tone="warning" title={`This also makes public ${count} imported ${count === 1 ? "version" : "versions"}, ${years}`}>
      They come with the dates they had: from {absoluteTime(waiting.from, "date")} to {absoluteTime(waiting.until, "date")}.
    </Notice>
  );
}
