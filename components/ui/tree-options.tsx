"use client";

import { classNames } from "./class-names";
import { type Branch } from "./tree";

export interface TreeOptionsProps {
  name: string;
  branches: readonly Branch[];
  multiple: boolean;
  chosen: readonly string[];
  /** The keys a search leaves visible; null shows all. Hidden options still post. */
  shown: ReadonlySet<string> | null;
  onToggle: (key: string, on: boolean) => void;
  /** Something above is chosen, and so all below it is included. */
  included?: boolean | undefined;
}

/** The nested lists of a tree picker. */
export function TreeOptions({ name, branches, multiple, chosen, shown, onToggle, included = false }: TreeOptionsProps) {
  return (
    <ul>
      {branches.map(({ node, branches: below }) => {
        const id = `${name}-${node.key}`;
        const on = chosen.includes(node.key);
        return (
          <li key={node.key} hidden={shown !== null && !shown.has(node.key)}>
            <label htmlFor={id} className="flex items-start gap-3 rounded-md px-2.5 py-1.5 hover:bg-hover has-focus-visible:bg-hover">
              <input
                type={multiple ? "checkbox" : "radio"}
                id={id}
                name={name}
                value={node.key}
                checked={on}
                data-option=""
                {...(node.description ? { "aria-describedby": `${id}-about` } : {})}
                onChange={(event) => onToggle(node.key, event.currentTarget.checked)}
                className="tick mt-[0.16rem]"
              />
              <span className="min-w-0">
                <span className={classNames("text-ink", below.length > 0 && "font-medium")}>{node.name}</span>
                {included && !on && multiple ? <span className="ml-2 text-xs text-faint">included above</span> : null}
                {node.description ? <span id={`${id}-about`} className="block text-sm text-muted">{node.description}</span> : null}
              </span>
            </label>
            {below.length > 0 ? (
              <div className="ml-[1.15rem] border-l border-line pl-2.5">
                <TreeOptions {...{ name, multiple, chosen, shown, onToggle }} branches={below} included={included || on} />
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
