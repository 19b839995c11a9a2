import type { BrowserContextOptions } from "@playwright/test";
import { expect, type Page } from "./browser";
import { demo } from "./start-demo";

export type Role = "officer" | "approver" | "compliance" | "admin";
/** A new browser, signed in or not; what tests are handed. */
export type Staff = (role: Role, options?: BrowserContextOptions) => Promise<Page>;
export type Stranger = (options?: BrowserContextOptions) => Promise<Page>;
export type Doors = { readonly staff: Staff; readonly stranger: Stranger };

type Kept = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
const kept = new Map<Role, Kept>();

/** A new browser of this member of staff. Each signs in once for the whole file: sign-ins are counted per address. */
export async function member({ staff, stranger }: Doors, role: Role, options: BrowserContextOptions = {}): Promise<Page> {
  const state = kept.get(role);
  if (state) return stranger({ ...options, storageState: state });
  const page = await staff(role, options);
  kept.set(role, await page.context().storageState());
  return page;
}

/** Has staff make a fresh one-time link for one of the demo's customers, and gives it back. */
export async function freshLink(doors: Doors, ref: string): Promise<string> {
  const officer = await member(doors, "officer");
  await officer.goto("/studio/people");
  await officer.getByLabel("Find one person").fill(ref);
  await officer.getByRole("button", { name: "Find" }).click();
  await officer.getByRole("button", { name: "Create a link" }).click();
  const notice = officer.getByRole("status").filter({ hasText: "The link is made." });
  const link = /https?:\/\/\S+\/me\/open\/[\w-]+/.exec(await notice.innerText())?.[0];
  expect(link, "the link is shown").toBeDefined();
  await officer.context().close();
  return link ?? "";
}

/** A new browser of one of the demo's customers; never the first, who has not answered anything yet. */
export async function customer(doors: Doors, which: 1 | 2, options: BrowserContextOptions = {}): Promise<Page> {
  const ref = demo().customers[which]?.ref ?? "";
  const page = await doors.stranger(options);
  await page.goto(await freshLink(doors, ref));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/me$/);
  return page;
}

/** A word that no earlier run has used, for names that must be new. */
export const fresh = (): string => Math.random().toString(36).slice(2, 9);
