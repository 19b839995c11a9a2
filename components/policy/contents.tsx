/** The headings of a text as links; only the upper two levels, so that it stays an overview. */
export function Contents({ headings, label = "Contents" }: { headings: readonly { id: string; text: string; depth: number }[]; label?: string }) {
  const shown = headings.filter((heading) => heading.depth <= 3);
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
              style={{ paddingInlineStart: `${0.9 + (heading.depth - 2) * 0.9}rem` }}
            >
              {heading.text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
