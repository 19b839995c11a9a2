import type { FormState } from "@/lib/contract/form";

/** What every form of the settings is given. */
export type SettingsFormProps = {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  requestId: string;
  /** The state of the settings that the form was made from. */
  revision: string;
};
