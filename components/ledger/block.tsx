import { CopyButton } from "@/components/ui/copy-button";

/** Text for machines, whole and to be copied. */
export function Block({ label, text }: { label: string; text: string }) {
  return (
    <div className="mt-4 min-w-0">
      <div className="mb-1.5 flex items-center justify-between gap-4">
        <p className="text-sm font-medium text-ink">{label}</p>
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto rounded-lg border border-line bg-sunken p-4 font-mono text-sm text-ink">{text}</pre>
    </div>
  );
}
