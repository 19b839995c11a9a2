const longest = 120;

/** The fragment GitHub gives a heading: lower case, punctuation dropped, spaces as hyphens; at most 120 characters. */
export function slug(text: string): string {
  return [...text.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replaceAll(" ", "-")].slice(0, longest).join("");
}

/** Hands out each slug once; the second "billing" becomes "billing-1", as on GitHub. */
export class UniqueSlugs {
  readonly #taken = new Map<string, number>();

  constructor(reserved: Iterable<string> = []) {
    for (const each of reserved) this.#taken.set(each, 0);
  }

  take(wanted: string): string {
    let result = wanted;
    while (this.#taken.has(result)) {
      const next = (this.#taken.get(wanted) ?? 0) + 1;
      this.#taken.set(wanted, next);
      result = `${wanted}-${next}`;
    }
    this.#taken.set(result, 0);
    return result;
  }
}
