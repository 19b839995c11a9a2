import type { z } from "zod";
import { Refusal, type Fault, type RefusalCode } from "@/lib/domain/refusal";

/** What a form shows after it was sent: nothing yet, why it was refused (and everything typed), or what it did. */
export type FormState<R = undefined> =
  | { readonly status: "idle" }
  | { readonly status: "refused"; readonly code: RefusalCode; readonly message: string; readonly faults: readonly Fault[]; readonly values: FormValues; readonly detail?: Readonly<Record<string, unknown>> }
  | { readonly status: "done"; readonly message: string; readonly result: R };

/** What was typed, by field name; several values where a field was sent several times. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

export const idle: FormState<never> = { status: "idle" };

/** The messages for one field, or none. */
export function faultsAt(state: FormState<unknown>, name: string): string[] | undefined {
  if (state.status !== "refused") return undefined;
  const messages = state.faults.filter((fault) => fault.path === name).map((fault) => fault.message);
  return messages.length ? messages : undefined;
}

/** What was typed into a field, or what it held before. */
export function typed(state: FormState<unknown>, name: string, before = ""): string {
  if (state.status !== "refused") return before;
  return state.values[name]?.[0] ?? "";
}

export function typedAll(state: FormState<unknown>, name: string, before: readonly string[] = []): readonly string[] {
  if (state.status !== "refused") return before;
  return state.values[name] ?? [];
}

const forbidden = new Set(["__proto__", "prototype", "constructor"]);
/** Parts of a field's name; no form of ours comes near, and a name of a million dots must not exhaust the stack. */
const deepest = 10;
type Tree = { [key: string]: Tree | FormDataEntryValue | (Tree | FormDataEntryValue)[] };

/**
 * Field names are paths: `retention.count` nests, `places[]` always makes an array, `recipients[0].name` makes rows.
 * Names that could reach a prototype and names deeper than any form are dropped. Fields that start with `$` belong to the framework and are left out.
 */
export function formToObject(form: FormData): unknown {
  const tree: Tree = Object.create(null) as Tree;
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$")) continue;
    const list = name.endsWith("[]");
    const path = name.replace(/\[\]$/, "").replace(/\[(\d+)\]/g, ".$1").split(".");
    if (path.length > deepest || path.some((part) => forbidden.has(part) || part === "")) continue;
    let place = tree;
    for (const part of path.slice(0, -1)) {
      const next = place[part];
      place = (typeof next === "object" && !Array.isArray(next) && !(next instanceof File) ? next : (place[part] = Object.create(null) as Tree)) as Tree;
    }
    const last = path.at(-1)!;
    if (!list) place[last] = value;
    else {
      const held = place[last];
      if (Array.isArray(held)) held.push(value);
      else place[last] = [value];
    }
  }
  return rows(tree);
}

/** Objects whose keys are 0, 1, 2 … are rows. */
function rows(value: Tree | FormDataEntryValue | (Tree | FormDataEntryValue)[]): unknown {
  if (typeof value === "string" || value instanceof File) return value;
  if (Array.isArray(value)) return value.map(rows);
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key) => /^\d{1,3}$/.test(key))) return keys.sort((a, b) => Number(a) - Number(b)).map((key) => rows(value[key]!));
  return Object.fromEntries(keys.map((key) => [key, rows(value[key]!)]));
}

/** Everything typed, to be shown again; files cannot be. */
export function formValues(form: FormData): FormValues {
  // A map: a field may be called `toString`, which every object has already.
  const values = new Map<string, string[]>();
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string" || name.startsWith("$") || forbidden.has(name)) continue;
    const held = values.get(name);
    if (held) held.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}

/** Parses at the door; throws a Refusal `invalid` with one fault per field, its path written as the field is named. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", "Some of this needs another look.", {
    faults: parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message })),
  });
}

/** `["recipients", 0, "name"]` → `recipients[0].name`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), "");
}
