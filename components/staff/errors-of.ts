import type { FormError } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/contract/form";

/** What the box above a form says: each fault with its field, or the one reason why nothing was done. */
export function errorsOf(state: FormState<unknown>): FormError[] {
  if (state.status !== "refused") return [];
  if (state.faults.length === 0) return [{ message: state.message }];
  return state.faults.map((fault) => ({ field: fault.path, message: fault.message }));
}
