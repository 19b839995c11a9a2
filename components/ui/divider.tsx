/** A hairline; with a word in it, a choice between two ways. */
export function Divider({ label }: { label?: string | undefined }) {
  if (label === undefined) return <hr className="border-t border-line" />;
  return (
    <div className="flex items-center gap-4 text-sm text-muted">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      {label}
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </div>
  );
}
