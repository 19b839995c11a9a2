import { countriesByName } from "@/lib/contract/countries";
import { DraftFields, type UseDraftFormProps } from "./draft-fields";

/** Named once, here on the server: browsers call some countries otherwise than Node does, and sort them elsewhere. */
const countries = countriesByName();

/** Writes on a draft of a data use. */
export function UseDraftForm(props: UseDraftFormProps) {
  return <DraftFields {...props} countries={countries} />;
}
