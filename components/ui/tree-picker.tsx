"use client";

import { ChevronDown, Search, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { FieldError, FieldHint, FieldMark, messagesOf } from "./field";
import { Icon } from "./icon";
import { type TreeNode, branchesOf, matchingKeys } from "./tree";
import { TreeOptions } from "./tree-options";
import { useFormReset } from "./use-form-reset";

export interface TreePickerProps {
  /** Posted once per chosen node: read it with `formData.getAll(name)`. */
  name: string;
  label: ReactNode;
  nodes: readonly TreeNode[];
  /** Any number (the default), or one. */
  multiple?: boolean | undefined;
  defaultValue?: readonly string[] | undefined;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  searchLabel?: string | undefined;
  /** In the closed box while nothing is chosen: "Choose data categories". */
  emptyLabel?: string | undefined;
  onChange?: ((keys: readonly string[]) => void) | undefined;
}

const never = () => () => undefined;
/** False on the server and for the first moment, true once scripts run. */
const useScripted = () => useSyncExternalStore(never, () => true, () => false);

/**
 * Picks from a tree. It is a disclosure full of native checkboxes (or radios): that is
 * what posts, what a screen reader knows, and what is left without scripts. Scripts add
 * the search, the arrow keys and the chips.
 */
export function TreePicker({ name, label, nodes, multiple = true, defaultValue = [], hint, error, required, optional, searchLabel = "Search", emptyLabel = "Choose", onChange }: TreePickerProps) {
  const [search, setSearch] = useState("");
  const scripted = useScripted();
  const box = useRef<HTMLDetailsElement>(null);
  const resets = useFormReset(box);
  const [picked, setPicked] = useState({ resets, keys: defaultValue });
  const chosen = picked.resets === resets ? picked.keys : defaultValue;
  const branches = useMemo(() => branchesOf(nodes), [nodes]);
  const found = useMemo(() => matchingKeys(nodes, search), [nodes, search]);
  const names = useMemo(() => new Map(nodes.map((node) => [node.key, node.name])), [nodes]);

  const change = (next: readonly string[]) => {
    setPicked({ resets, keys: next });
    onChange?.(next);
  };
  const close = () => {
    box.current?.removeAttribute("open");
    box.current?.querySelector("summary")?.focus();
  };
  const options = () =>
    Array.from(box.current?.querySelectorAll<HTMLInputElement>("[data-option]") ?? []).filter((input) => input.closest("[hidden]") === null);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = options().findIndex((input) => input === document.activeElement);
    const go = (index: number) => {
      event.preventDefault();
      const list = options();
      list[Math.max(0, Math.min(index, list.length - 1))]?.focus();
    };
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      // Enter would send the whole form.
      event.preventDefault();
      if (at < 0) go(0);
      else options()[at]?.click();
    } else if (event.key === "ArrowDown" && (multiple || at < 0)) go(at + 1);
    else if (event.key === "ArrowUp" && multiple && at > 0) go(at - 1);
    else if (event.key === "Home" && at >= 0) go(0);
    else if (event.key === "End" && at >= 0) go(options().length - 1);
  };

  const wrong = messagesOf(error).length > 0;
  const described = [hint ? `${name}-hint` : "", wrong ? `${name}-error` : ""].filter(Boolean).join(" ");
  const summary = chosen.length === 0 ? emptyLabel : multiple ? `${chosen.length} chosen` : (names.get(chosen[0] ?? "") ?? emptyLabel);
  return (
    <div role="group" aria-labelledby={`${name}-label`} {...(described ? { "aria-describedby": described } : {})} className="min-w-0">
      <span id={`${name}-label`} className="block text-sm font-medium text-ink">
        {label}
        <FieldMark required={required} optional={optional} />
      </span>
      {hint ? <FieldHint id={`${name}-hint`}>{hint}</FieldHint> : null}
      {multiple && scripted && chosen.length > 0 ? (
        <ul aria-label="Chosen" className="mt-2 flex flex-wrap gap-1.5">
          {chosen.map((key) => (
            <li key={key} className="flex max-w-full items-center rounded-sm border border-accent-line bg-accent-soft pl-2.5 text-sm font-medium text-accent">
              <span className="truncate">{names.get(key) ?? key}</span>
              <button
                type="button"
                aria-label={`Remove ${names.get(key) ?? key}`}
                className="grid size-7 shrink-0 place-items-center rounded-sm hover:bg-accent-line pointer-coarse:size-9"
                onClick={() => change(chosen.filter((other) => other !== key))}
              >
                <Icon size="xs"><X /></Icon>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <details ref={box} className="group/picker relative mt-1.5">
        <summary
          id={name}
          aria-labelledby={`${name}-label ${name}-summary`}
          data-invalid={wrong || undefined}
          className="control flex items-center justify-between gap-3 data-invalid:border-bad group-open/picker:rounded-b-none"
        >
          <span id={`${name}-summary`} className={chosen.length === 0 ? "text-faint" : "truncate text-ink"}>{summary}</span>
          <Icon size="sm" className="text-muted transition-transform group-open/picker:rotate-180"><ChevronDown /></Icon>
        </summary>
        <div className="rounded-b-md border border-t-0 border-control bg-raised" onKeyDown={onKeyDown}>
          {scripted ? (
            <div className="relative border-b border-line p-2">
              <Icon size="sm" className="pointer-events-none absolute inset-y-0 left-5 text-muted"><Search /></Icon>
              <input
                type="search"
                aria-label={searchLabel}
                placeholder={searchLabel}
                autoComplete="off"
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                className="control pl-9"
              />
              <p role="status" className="sr-only">
                {found === null ? "" : found.hits === 0 ? "Nothing found" : `${found.hits} of ${nodes.length} found`}
              </p>
            </div>
          ) : null}
          <div className="max-h-80 overflow-y-auto overscroll-contain p-2">
            <TreeOptions
              key={resets}
              name={name}
              branches={branches}
              multiple={multiple}
              chosen={chosen}
              shown={found?.shown ?? null}
              onToggle={(key, on) => change(multiple ? (on ? [...chosen, key] : chosen.filter((other) => other !== key)) : [key])}
            />
            {found?.hits === 0 ? <p className="px-3 py-6 text-center text-sm text-muted">Nothing is called “{search}”. Try a broader word.</p> : null}
          </div>
        </div>
      </details>
      <FieldError id={`${name}-error`} error={error} />
    </div>
  );
}
