import { CopyButton } from "@/components/ui/copy-button";

/** Something to copy into a terminal or a program. Long lines scroll inside it, by keyboard too. */
export function CodeBlock({ label, code, copy = true }: { label: string; code: string; copy?: boolean }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex min-h-11 items-center justify-between gap-4 border-b border-line px-4 py-1.5 text-sm text-muted">
        {label}
        {copy ? <CopyButton text={code} variant="quiet" /> : null}
      </figcaption>
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto p-4 font-mono text-sm leading-relaxed text-ink"><code>{code}</code></pre>
    </figure>
  );
}
