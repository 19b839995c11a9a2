/** The first stop of the Tab key: past the navigation, to what the page is about. */
export function SkipLink({ href = "#main", label = "Skip to content" }: { href?: string; label?: string }) {
  return (
    <a
      href={href}
      className="sr-only z-50 rounded-md bg-accent-solid px-4 py-2.5 font-medium text-on-accent focus:not-sr-only focus:fixed focus:left-4 focus:top-4"
    >
      {label}
    </a>
  );
}
