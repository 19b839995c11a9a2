import { Checkbox } from "@/components/ui/checkbox";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, typed, typedAll, type FormState } from "@/lib/contract/form";
import { eventKinds } from "@/lib/domain/webhook";
import { kindWords } from "./words";

export type WebhookSaid = { readonly name: string; readonly url: string; readonly kinds: readonly string[]; readonly confirms: boolean };

/** What a subscriber is: the same to add one and to change one. */
export function WebhookFields({ state, before }: { state: FormState<unknown>; before: WebhookSaid }) {
  return (
    <>
      <TextField name="name" label="Name" hint="Which system it is, such as “Newsletter service”. Customers see it where they take something back." autoComplete="off" defaultValue={typed(state, "name", before.name)} error={faultsAt(state, "name")} required />
      <TextField name="url" label="Address" hint="Where it listens, beginning with https://." inputMode="url" autoComplete="off" spellCheck={false} defaultValue={typed(state, "url", before.url)} error={faultsAt(state, "url")} required />
      <CheckboxGroup
        name="kinds[]"
        legend="It is told of"
        columns={2}
        defaultValue={typedAll(state, "kinds[]", before.kinds)}
        error={faultsAt(state, "kinds")}
        options={eventKinds.map((kind) => ({ value: kind, label: kindWords[kind].name, hint: kindWords[kind].when }))}
        required
      />
      <Checkbox
        name="confirms"
        label="It confirms when it has followed"
        hint="After a permission ended, it calls back once its own data is dealt with. Until then it counts as not done."
        defaultChecked={state.status === "refused" ? typed(state, "confirms") === "on" : before.confirms}
      />
    </>
  );
}
