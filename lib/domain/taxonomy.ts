/** Whether `upper` is `lower` or stands above it: `user.contact` subsumes `user.contact.email`, not `user.contacts`. */
export function subsumes(upper: string, lower: string): boolean {
  return lower === upper || lower.startsWith(`${upper}.`);
}

/** Every key above this one, outermost first: `a.b.c` gives `a`, `a.b`. */
export function ancestorsOf(key: string): string[] {
  const parts = key.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

/** The same reach in the fewest keys: drops repeated keys and those another key subsumes, and sorts the rest. */
export function antichain(keys: readonly string[]): string[] {
  const all = new Set(keys);
  return [...all].filter((key) => !ancestorsOf(key).some((above) => all.has(above))).sort();
}
