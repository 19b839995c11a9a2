import { expect, type Page } from "./browser";
import { member, type Doors } from "./doors";

/** Chooses one word of a tree by what it is called there. */
async function choose(page: Page, picker: string, word: string): Promise<void> {
  const group = page.getByRole("group", { name: picker });
  await group.locator("summary").click();
  await group.getByRole("searchbox").fill(word);
  await group.getByText(word, { exact: true }).click();
  await group.locator("summary").click();
}

async function publish(doors: Doors, at: string): Promise<void> {
  const approver = await member(doors, "approver");
  await approver.goto(at);
  await approver.getByRole("button", { name: /^Publish version \d+$/ }).click();
  await approver.getByRole("alertdialog").getByRole("button", { name: "Publish now" }).click();
  await expect(approver).toHaveURL(/done=published/);
  await approver.context().close();
}

/** Publishes a use that hands on an interest in mountain bikes, with the question for it: by its officer and its approver. */
export async function publishUse(doors: Doors, { key, name }: { key: string; name: string }): Promise<void> {
  const officer = await member(doors, "officer");
  await officer.goto("/studio/uses/new");
  await officer.getByLabel(/^Name/).fill(name);
  await officer.getByLabel(/^Short name/).fill(key);
  await officer.getByRole("button", { name: "Create and write the terms" }).click();
  await expect(officer).toHaveURL(new RegExp(`/${key}/draft`));
  await choose(officer, "What is remembered", "Interest in mountain bikes");
  await choose(officer, "What it is used for", "Trail and snow news");
  await officer.getByLabel(/^Promises/).fill("Offers of guides near the trails you like");
  await officer.getByRole("radio", { name: "For a fixed time" }).check();
  await officer.getByLabel("How many").fill("12");
  await officer.getByRole("button", { name: "Add a recipient" }).click();
  await officer.getByLabel("Name of recipient 1").fill("Ridge Guides");
  await officer.getByLabel("What recipient 1 is").selectOption({ label: "Partner" });
  await officer.getByRole("radio", { name: /^Shared/ }).check();
  await officer.getByLabel("They tell you").check();
  await choose(officer, "Where it is kept or used", "Norway");
  await officer.getByRole("button", { name: "Save draft" }).click();
  await expect(officer.getByRole("status").filter({ hasText: "saved" })).toBeVisible();
  await officer.getByRole("button", { name: "Ask for approval" }).click();
  await expect(officer.getByText("Waiting for approval").first()).toBeVisible();
  await publish(doors, `/studio/uses/${key}/draft`);

  await officer.goto(`/studio/prompts/${key}`);
  await officer.getByRole("button", { name: "Write the prompt" }).click();
  await expect(officer).toHaveURL(/\/draft/);
  await officer.getByLabel("Title").fill(name);
  await officer.getByLabel("Question", { exact: true }).fill("May we pass your interest in mountain bikes on to Ridge Guides, so that they can make you offers?");
  await officer.getByLabel("What they get").fill("Guides near the trails you like write to you first.");
  await officer.getByLabel("What happens on no").fill("Nothing changes. You find all guides on our website.");
  await officer.getByLabel("Yes button").fill("Yes, remember it");
  await officer.getByLabel("No button").fill("No, do not keep it");
  await officer.getByRole("button", { name: "Save draft" }).click();
  await expect(officer.getByRole("status").filter({ hasText: "saved" })).toBeVisible();
  await officer.getByRole("button", { name: "Ask for approval" }).click();
  await expect(officer).toHaveURL(/done=proposed/);
  await publish(doors, `/studio/prompts/${key}/draft`);
  await officer.context().close();
}

/** Publishes the use's next version: kept for longer, and so wider. */
export async function changeUse(doors: Doors, key: string): Promise<void> {
  const officer = await member(doors, "officer");
  await officer.goto(`/studio/uses/${key}`);
  await officer.getByRole("button", { name: "Write a new version" }).click();
  await officer.getByLabel("How many").fill("24");
  await officer.getByRole("button", { name: "Save draft" }).click();
  await expect(officer.getByText("Wider").first()).toBeVisible();
  await officer.getByRole("button", { name: "Ask for approval" }).click();
  await expect(officer.getByText("Waiting for approval").first()).toBeVisible();
  await publish(doors, `/studio/uses/${key}/draft`);
  await officer.context().close();
}
