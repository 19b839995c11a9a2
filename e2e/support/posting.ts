import type { APIResponse, Locator } from "@playwright/test";
import type { Page } from "./browser";
import { demo } from "./start-demo";

/** The form around a button as it would be posted without a script, with these words filled in. */
export async function formOf(button: Locator, words: Readonly<Record<string, string>> = {}): Promise<FormData> {
  const fields = await button.evaluate((element) => {
    if (!(element instanceof HTMLButtonElement) || !element.form) return [];
    const pressed: [string, FormDataEntryValue][] = element.name ? [[element.name, element.value]] : [];
    return [...new FormData(element.form).entries(), ...pressed].map(([name, value]): [string, string] => [name, String(value)]);
  });
  const form = new FormData();
  for (const [name, value] of fields) if (words[name] === undefined) form.append(name, value);
  for (const [name, value] of Object.entries(words)) form.append(name, value);
  return form;
}

/** The form of a page around the button of this name, in a dialog that is closed still, too. */
export async function formAt(page: Page, at: string, button: string, words: Readonly<Record<string, string>> = {}): Promise<FormData> {
  await page.goto(at);
  return formOf(page.getByRole("button", { name: button, includeHidden: true }).first(), words);
}

/** A customer's yes. */
export async function yesAt(person: Page, at: string): Promise<FormData> {
  await person.goto(at);
  return formOf(person.locator("button[value=granted]"));
}

/** Posts it as a browser without scripts would, and follows nowhere; `origin` null leaves the header out. */
export async function send(page: Page, at: string, form: FormData, origin: string | null = demo().web): Promise<APIResponse> {
  return page.request.post(at, { multipart: form, maxRedirects: 0, headers: origin === null ? {} : { origin } });
}
