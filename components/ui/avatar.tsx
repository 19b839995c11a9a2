import { classNames } from "./class-names";

const sizes = { sm: "size-7 text-xs", md: "size-9 text-sm", lg: "size-12 text-lg" } as const;

/** First letters of the first and the last word of a name; "?" for an empty one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return `${[...first][0] ?? "?"}${[...last][0] ?? ""}`.toUpperCase();
}

export interface AvatarProps {
  name: string;
  size?: keyof typeof sizes | undefined;
  /** The name stands beside it: nothing to read out. */
  decorative?: boolean | undefined;
}

/** Somebody, by initials. */
export function Avatar({ name, size = "md", decorative = true }: AvatarProps) {
  return (
    <span
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
      className={classNames(
        "inline-grid shrink-0 select-none place-items-center rounded-full border border-accent-line bg-accent-soft font-semibold tracking-wide text-accent",
        sizes[size],
      )}
    >
      {initials(name)}
    </span>
  );
}
