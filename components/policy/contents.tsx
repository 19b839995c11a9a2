/** The headings of a text as links; only its upper two levels, so that it stays an overview. */
export function Contents({ headings, label = "Contents" }: { headings: readonly { id: string; text: string; depth: number }[]; label?: string }) {
  const top = Math.min(...headings.map((heading) => heading.depth));
  const shown = headings.filter((heading) => heading.depth <= top + 1);
  if (shown.length < 3) return null;
  return (
    <nav aria-label={label} className="text-sm print:hidden">
      <p className="mb-2 font-semibold text-ink">{label}</p>
      <ol className="border-l border-line">
        {shown.map((heading) => (
          <li key={heading.id}>
            <a
              href={`#${heading.id}`}
              className="-ml-px block border-l border-transparent py-1 text-muted hover:border-accent hover:text-ink"
              style={{ paddingInlineStart: `${0.9 + (heading.depth - top) * 0.9}rem` }}
            >
              {heading.text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
