import type { FormState } from "@/lib/contract/form";
import type { FormError } from "@/components/ui/form-errors";

/** What stopped a form, as its summary lists it: each fault at its field, else the whole. `fields` are those the form has. */
export function troubleOf(state: FormState<unknown>, fields: readonly string[]): FormError[] {
  if (state.status !== "refused") return [];
  if (state.faults.length === 0) return [{ message: state.message }];
  return state.faults.map((fault) => (fields.includes(fault.path) ? { field: fault.path, message: fault.message } : { message: fault.message }));
}
