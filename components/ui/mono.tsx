import { classNames } from "./class-names";

/** A digest, key or id. Truncated, it keeps the whole value in its title. */
export function Mono({ children, truncate, className }: { children: string; truncate?: boolean | undefined; className?: string | undefined }) {
  return (
    <code
      {...(truncate ? { title: children } : {})}
      className={classNames(
        "font-mono text-[0.9em] text-muted",
        truncate ? "inline-block max-w-[14rem] truncate align-bottom" : "[overflow-wrap:anywhere]",
        className,
      )}
    >
      {children}
    </code>
  );
}
