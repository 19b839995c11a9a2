import { faultsAt, type FormState } from "@/lib/contract/form";
import type { FormError } from "@/components/ui/form-errors";

const lists = ["categories", "places", "sources"];

/** Where on the page a fault is: fields that post a list carry brackets in their name. */
function fieldOf(path: string): string {
  const name = path.replace(/\[\d+\]$/, "");
  return lists.includes(name) ? `${name}[]` : path;
}

/** What stopped a form, each line leading to its field; one line for the whole form when no field is at fault. */
export function errorsOf(state: FormState<unknown>): FormError[] {
  if (state.status !== "refused") return [];
  if (state.faults.length === 0) return [{ message: state.message }];
  const seen = new Set<string>();
  return state.faults
    .map((fault) => ({ field: fieldOf(fault.path), message: fault.message }))
    .filter(({ field, message }) => !seen.has(`${field} ${message}`) && seen.add(`${field} ${message}`));
}

/** The messages for a field that posts a list: of the list itself, and of whatever is in it. */
export function faultsOfList(state: FormState<unknown>, name: string): string[] | undefined {
  if (state.status !== "refused") return undefined;
  const messages = state.faults.filter(({ path }) => path === name || path.startsWith(`${name}[`)).map(({ message }) => message);
  return messages.length > 0 ? [...new Set(messages)] : faultsAt(state, name);
}
