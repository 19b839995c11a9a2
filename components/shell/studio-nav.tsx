import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { type StudioSection, studioGroups } from "./studio-sections";

export interface StudioNavProps {
  current: StudioSection;
  /** Those this person may see. */
  sections?: readonly StudioSection[] | undefined;
  /** Things that wait, by section. */
  counts?: Partial<Record<StudioSection, number>> | undefined;
}

/** The studio's sections as one navigation; at both widths the same. */
export function StudioNav({ current, sections, counts }: StudioNavProps) {
  return (
    <nav aria-label="Studio" className="space-y-5">
      {studioGroups.map((group) => {
        const places = group.places.filter((place) => sections === undefined || sections.includes(place.key));
        if (places.length === 0) return null;
        return (
          <div key={group.label ?? "top"}>
            {group.label ? <p className="mb-1 px-2.5 text-xs font-medium text-faint">{group.label}</p> : null}
            <ul className="space-y-0.5">
              {places.map((place) => {
                const here = place.key === current;
                const count = counts?.[place.key] ?? 0;
                return (
                  <li key={place.key}>
                    <a
                      href={place.href}
                      {...(here ? { "aria-current": "page" as const } : {})}
                      className={classNames(
                        "flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm transition-colors pointer-coarse:min-h-11",
                        here ? "bg-surface font-semibold text-ink shadow-sm ring-1 ring-line" : "font-medium text-muted hover:bg-hover hover:text-ink",
                      )}
                    >
                      <Icon size="sm" className={here ? "text-accent" : "text-faint"}>{place.icon}</Icon>
                      <span className="flex-1">{place.label}</span>
                      {count > 0 ? (
                        <span className="tabular rounded-full bg-warn-soft px-2 text-xs font-medium leading-5 text-warn">
                          {count.toLocaleString("en-GB")}
                          <span className="sr-only"> waiting</span>
                        </span>
                      ) : null}
                    </a>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
