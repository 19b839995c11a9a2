import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ImportSummary } from "@/lib/contract/policy-views";
import { Disclosure } from "@/components/ui/disclosure";

/** What an import would do, or what it did. */
export function ImportResult({ summary }: { summary: ImportSummary }) {
  const { found, added, alreadyHere, policy, imported } = summary;
  const count = (number: number) => `${number.toLocaleString("en-GB")} ${number === 1 ? "version" : "versions"}`;
  const changes = added > 0;
  const title = !changes
    ? `${count(alreadyHere)} ${alreadyHere === 1 ? "was" : "were"} already here, nothing ${imported ? "changed" : "would change"}`
    : imported
      ? `${count(added)} imported into “${policy.title}”`
      : `${count(added)} ready to import into “${policy.title}”`;
  return (
    <div className="space-y-5">
      <Notice
        tone={imported && changes ? "success" : "info"}
        result
        title={title}
        actions={imported ? <LinkButton href={`/studio/policies/${policy.key}`} variant="primary" size="sm">Open the policy</LinkButton> : undefined}
      >
        <p>
          {count(found)} found, from <Time at={summary.from} show="date" /> to <Time at={summary.until} show="date" />.
          {changes && alreadyHere > 0 ? ` ${count(alreadyHere)} ${alreadyHere === 1 ? "is" : "are"} here already and stay as they are.` : ""}
          {changes && imported ? " Nothing is public until a second person publishes the newest version." : ""}
          {changes && !imported ? " Nothing has been kept yet." : ""}
        </p>
      </Notice>
      {summary.warnings.length > 0 ? (
        <Disclosure summary={`${summary.warnings.length} ${summary.warnings.length === 1 ? "remark" : "remarks"} on the files`}>
          <ul className="max-h-72 space-y-1.5 overflow-y-auto rounded-lg border border-line bg-sunken p-4 text-sm" tabIndex={0}>
            {summary.warnings.map((warning, index) => (
              <li key={`${warning.path} ${index}`}><span className="font-mono text-xs text-ink">{warning.path}</span> <span className="text-muted">{warning.message}</span></li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      <Disclosure summary="The versions in these files" open={!imported && found <= 12}>
        <ol className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface text-sm" tabIndex={0}>
          {summary.versions.map((version) => (
            <li key={version.file} className="grid grid-cols-1 gap-x-5 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[3rem_7.5rem_minmax(0,1fr)_auto]">
              <span className="tabular text-muted">{version.number}</span>
              <Time at={version.inForceFrom} show="date" />
              <span className="min-w-0 text-ink">{version.summary || version.title}</span>
              <span className="text-muted">{version.isNew ? (imported ? "Imported" : "New") : "Already here"}</span>
            </li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}
