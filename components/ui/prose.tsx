import { type ReactNode } from "react";
import { classNames } from "./class-names";

export type ProseProps = {
  lang?: string | undefined;
  size?: "md" | "lg" | undefined;
  className?: string | undefined;
} & ({ children: ReactNode; html?: undefined } | { html: string; children?: undefined });

/**
 * The text of a policy: serif, at a length that reads well, with `ins` and `del` for differences.
 * `html` is put in as it is: it must come out of the sanitiser, never straight from anybody.
 */
export function Prose({ lang, size = "md", className, ...inside }: ProseProps) {
  const look = classNames("prose", size === "lg" && "prose-lg", className);
  if (inside.html !== undefined) return <div lang={lang} className={look} dangerouslySetInnerHTML={{ __html: inside.html }} />;
  return <div lang={lang} className={look}>{inside.children}</div>;
}
