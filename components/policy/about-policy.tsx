import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import { asksWords, policyAsks, policyAudiences } from "@/lib/contract/policy";

export type AboutPolicyProps = {
  audience: string;
  asks: string;
  errors: { audience: string[] | undefined; asks: string[] | undefined };
};

/** Whom a policy is for, and what they are asked. */
export function AboutPolicy({ audience, asks, errors }: AboutPolicyProps) {
  const audiences = policyAudiences.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));
  return (
    <>
      <SelectField name="audience" label="Who it is for" options={audiences} defaultValue={audience} error={errors.audience} className="max-w-sm" />
      <RadioGroup
        legend="What people are asked"
        name="asks"
        defaultValue={asks}
        error={errors.asks}
        options={policyAsks.map((value) => ({ value, label: asksWords[value].label, hint: asksWords[value].hint }))}
      />
    </>
  );
}
