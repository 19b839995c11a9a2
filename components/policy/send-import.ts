import type { FormState } from "@/lib/contract/form";
import { readImportReply } from "@/lib/contract/policy-import-reply";
import type { ImportSummary } from "@/lib/contract/policy-views";

/** Sends chosen files and fields; a folder's files keep their paths. Always says something, also when nothing comes back. */
export async function sendImport(address: string, form: HTMLFormElement, intent: string): Promise<FormState<ImportSummary>> {
  const body = new FormData();
  for (const [name, value] of new FormData(form).entries()) {
    if (name.startsWith("$")) continue;
    if (typeof value === "string") body.append(name, value);
    else if (value.name !== "") body.append(name, value, value.webkitRelativePath || value.name);
  }
  body.set("intent", intent);
  try {
    const response = await fetch(address, { method: "POST", body, redirect: "error" });
    return readImportReply(await response.json()) ?? unanswered;
  } catch {
    return unanswered;
  }
}

const unanswered: FormState<ImportSummary> = {
  status: "refused",
  code: "unavailable",
  message: "The files did not get through. Check your connection, and that you are still signed in, and send them again.",
  faults: [],
  values: {},
};
