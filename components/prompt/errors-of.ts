import type { FormError } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/contract/form";

/** What stopped a form, each line leading to its field; one line for the whole form when no field is at fault. */
export function errorsOf(state: FormState<unknown>): FormError[] {
  if (state.status !== "refused") return [];
  if (state.faults.length === 0) return [{ message: state.message }];
  return state.faults.map((fault) => ({ field: fault.path, message: fault.message }));
}
