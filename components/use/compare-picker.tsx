import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select";

export interface ComparePickerProps {
  action: string;
  versions: readonly { readonly number: number; readonly draft: boolean; readonly live: boolean }[];
  from: number;
  to: number;
}

/** Chooses two versions by a plain GET form: every comparison has an address. */
export function ComparePicker({ action, versions, from, to }: ComparePickerProps) {
  const options = versions.map(({ number, draft, live }) => ({ value: String(number), label: `Version ${number}${draft ? " (draft)" : live ? " (in force)" : ""}` }));
  return (
    <form action={action} method="get" className="flex flex-wrap items-end gap-2.5">
      <SelectField name="from" label="From" options={options} defaultValue={String(from)} className="w-52" />
      <SelectField name="to" label="To" options={options} defaultValue={String(to)} className="w-52" />
      <Button type="submit">Compare</Button>
    </form>
  );
}
