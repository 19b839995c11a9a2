import { Notice } from "@/components/ui/notice";
import type { FormState } from "@/lib/contract/form";

/** Why one button did not do what it says. */
export function RefusedNotice({ state }: { state: FormState }) {
  if (state.status !== "refused") return null;
  return (
    <Notice tone="danger" result>
      <p>{state.message}</p>
      {state.faults.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {state.faults.map((fault) => <li key={`${fault.path} ${fault.message}`}>{fault.message}</li>)}
        </ul>
      ) : null}
    </Notice>
  );
}
