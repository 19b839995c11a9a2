import { expect, type Page } from "../support/browser";
import { demo } from "../support/start-demo";
import { customer, fresh, member, type Doors, type Role } from "../support/doors";

export type Viewer = Role | "customer" | "anyone";

/** One page of the product as one kind of viewer sees it; what must be there first is made through the pages themselves. */
export type Screen = {
  /** Its folder in app/, as `page.tsx` stands in it. */
  readonly page: string;
  readonly as: Viewer;
  readonly at: string | ((doors: Doors) => Promise<string>);
  /** The page that it leads on to at once. */
  readonly leadsTo?: string;
};

/** A new data use with a draft, or a new policy with one: gives back its key. */
async function started(doors: Doors, what: "use" | "policy"): Promise<string> {
  const officer = await member(doors, "officer");
  const key = `look-at-${fresh()}`;
  await officer.goto(what === "use" ? "/studio/uses/new" : "/studio/policies/new");
  await officer.getByLabel(what === "use" ? /^Name/ : /^Title/).fill(`Look at ${key.slice(8)}`);
  await officer.getByLabel(/^Short name/).fill(key);
  await officer.getByRole("button", { name: /^Create and write/ }).click();
  await expect(officer).toHaveURL(new RegExp(`/${key}/draft`));
  await officer.context().close();
  return key;
}

/** A new policy with a text, asked to be approved. */
async function proposedPolicy(doors: Doors): Promise<string> {
  const key = await started(doors, "policy");
  const officer = await member(doors, "officer");
  await officer.goto(`/studio/policies/${key}/draft`);
  await officer.getByLabel(/^Text/).fill("## What we keep\n\nYour size.\n\n## For how long\n\nA year.");
  await officer.getByRole("button", { name: "Save draft" }).click();
  await expect(officer).toHaveURL(/done=saved/);
  await officer.goto(`/studio/policies/${key}/draft/publish`);
  await officer.getByRole("button", { name: "Ask for approval" }).click();
  await expect(officer).toHaveURL(/done=proposed/);
  await officer.context().close();
  return key;
}

/** A policy whose imported version waits for somebody to publish it. */
async function importedPolicy(doors: Doors): Promise<string> {
  const officer = await member(doors, "officer");
  const key = `look-at-${fresh()}`;
  await officer.goto("/studio/policies/import");
  await officer.getByLabel("Single texts").setInputFiles({ name: "2020-05-01.md", mimeType: "text/markdown", buffer: Buffer.from("# Old words\n\nWe keep your size.\n") });
  await officer.getByLabel("In force from").fill("2020-05-01");
  await officer.getByLabel(/^Title/).fill(`Look at ${key.slice(8)}`);
  await officer.getByLabel(/^Short name/).fill(key);
  await officer.getByRole("button", { name: "Import" }).click();
  await expect(officer.getByRole("status").filter({ hasText: "1 version imported" })).toBeVisible();
  await officer.context().close();
  return key;
}

/** A system that is told what happens: its page, with a test on its way. */
async function toldSystem(doors: Doors): Promise<string> {
  const admin = await member(doors, "admin");
  const name = `System ${fresh()}`;
  await admin.goto("/studio/webhooks");
  await admin.getByLabel(/^Name/).fill(name);
  await admin.getByLabel(/^Address/).fill("https://hooks.example.com/handshake");
  await admin.getByRole("button", { name: "Add webhook" }).click();
  await expect(admin.getByRole("status").filter({ hasText: name })).toBeVisible();
  await admin.getByRole("link", { name }).click();
  await expect(admin).toHaveURL(/\/studio\/webhooks\/[0-9a-f-]+$/);
  const at = new URL(admin.url()).pathname;
  await admin.context().close();
  return at;
}

/** A one-time link by which a colleague could join. */
async function invited(doors: Doors): Promise<string> {
  const admin = await member(doors, "admin");
  await admin.goto("/studio/team");
  await admin.getByLabel(/^E-mail address/).fill(`${fresh()}@kestrel-pine.example`);
  await admin.getByRole("button", { name: "Invite" }).click();
  const link = admin.getByText(/\/join\/[\w-]+/).first();
  const found = /\/join\/[\w-]+/.exec(await link.innerText())?.[0] ?? "";
  await admin.context().close();
  return found;
}

/** Where the first link of a list leads; the customer is the one who looks at the screens. */
async function firstOf(doors: Doors, who: Role | "customer", list: string, pattern: RegExp): Promise<string> {
  const page = who === "customer" ? await customer(doors, 1) : await member(doors, who);
  await page.goto(list);
  const found = await page.getByRole("main").getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  await page.context().close();
  const at = found.find((href) => pattern.test(href));
  expect(at, `${list} leads to ${String(pattern)}`).toBeDefined();
  return at ?? "";
}

/** The page of one of the demo's customers. */
async function pageOf(doors: Doors, which: 1 | 2): Promise<string> {
  const officer = await member(doors, "officer");
  await officer.goto("/studio/people");
  await officer.getByLabel("Find one person").fill(demo().customers[which]?.ref ?? "");
  await officer.getByRole("button", { name: "Find" }).click();
  await expect(officer).toHaveURL(new RegExp(`/studio/people/${uuid}`));
  const at = new URL(officer.url()).pathname;
  await officer.context().close();
  return at;
}

/** The page of somebody new whom compliance forgot. */
async function forgotten(doors: Doors): Promise<string> {
  const officer = await member(doors, "officer");
  await officer.goto("/studio/people/new");
  await officer.getByLabel(/^E-mail address/).fill(`${fresh()}@kestrel-pine.example`);
  await officer.getByRole("button", { name: "Add" }).click();
  await expect(officer).toHaveURL(/done=added/);
  const at = new URL(officer.url()).pathname;
  await officer.context().close();
  const compliance = await member(doors, "compliance");
  await compliance.goto(at);
  await compliance.getByRole("button", { name: "Forget this person" }).click();
  await compliance.getByRole("alertdialog").getByRole("button", { name: "Forget" }).click();
  await expect(compliance.getByRole("status").filter({ hasText: "Forgotten" })).toBeVisible();
  await compliance.context().close();
  return at;
}

const uuid = "[0-9a-f]{8}-[0-9a-f-]{27}";
const linkPath = (which: number): string => new URL(demo().customers[which]?.link ?? "").pathname;

export const screens: readonly Screen[] = [
  { page: "", as: "anyone", at: "/" },
  { page: "(public)/policies", as: "anyone", at: "/policies" },
  { page: "(public)/policies/[key]", as: "anyone", at: "/policies/customer-privacy" },
  { page: "(public)/policies/[key]", as: "anyone", at: "/policies/37signals-privacy" },
  { page: "(public)/policies/[key]/versions/[number]", as: "anyone", at: "/policies/customer-privacy/versions/1" },
  { page: "(public)/policies/[key]/compare", as: "anyone", at: "/policies/customer-privacy/compare?from=1&to=5", leadsTo: "(public)/policies/[key]/compare/[from]/[to]" },
  { page: "(public)/policies/[key]/compare/[from]/[to]", as: "anyone", at: "/policies/customer-privacy/compare/1/5" },
  { page: "(public)/ledger", as: "anyone", at: "/ledger" },
  { page: "(public)/developers", as: "anyone", at: "/developers" },
  { page: "(staff)/sign-in", as: "anyone", at: "/sign-in?returnTo=/studio/uses" },
  { page: "(staff)/join/[token]", as: "anyone", at: invited },
  { page: "(staff)/join/[token]", as: "anyone", at: "/join/not-a-link" },
  { page: "(customer)/me/sign-in", as: "anyone", at: "/me/sign-in" },
  { page: "(customer)/me/open/[token]", as: "anyone", at: () => Promise.resolve(linkPath(2)) },
  { page: "(customer)/me/open/[token]", as: "anyone", at: "/me/open/not-a-link" },

  { page: "(customer)/me/(questions)", as: "customer", at: "/me" },
  { page: "(customer)/me/permissions", as: "customer", at: "/me/permissions" },
  { page: "(customer)/me/permissions/[use]", as: "customer", at: "/me/permissions/boot-and-jacket-size" },
  { page: "(customer)/me/memory", as: "customer", at: "/me/memory" },
  { page: "(customer)/me/policies", as: "customer", at: "/me/policies" },
  { page: "(customer)/me/policies/[policy]", as: "customer", at: "/me/policies/customer-privacy" },
  { page: "(customer)/me/history", as: "customer", at: "/me/history" },
  { page: "(customer)/me/history/[index]", as: "customer", at: (doors) => firstOf(doors, "customer", "/me/history", /^\/me\/history\/\d+$/) },

  { page: "(staff)/studio", as: "officer", at: "/studio" },
  { page: "(staff)/studio/uses", as: "officer", at: "/studio/uses" },
  { page: "(staff)/studio/uses/new", as: "officer", at: "/studio/uses/new" },
  { page: "(staff)/studio/uses/words", as: "officer", at: "/studio/uses/words" },
  { page: "(staff)/studio/uses/[key]", as: "officer", at: "/studio/uses/delivery-address" },
  { page: "(staff)/studio/uses/[key]/draft", as: "officer", at: async (doors) => `/studio/uses/${await started(doors, "use")}/draft` },
  { page: "(staff)/studio/uses/[key]/compare", as: "officer", at: "/studio/uses/tour-seat/compare?from=1&to=3" },
  { page: "(staff)/studio/uses/[key]/versions/[number]", as: "officer", at: "/studio/uses/tour-seat/versions/2" },
  { page: "(staff)/studio/policies/(list)", as: "officer", at: "/studio/policies" },
  { page: "(staff)/studio/policies/new", as: "officer", at: "/studio/policies/new" },
  { page: "(staff)/studio/policies/import", as: "officer", at: "/studio/policies/import" },
  { page: "(staff)/studio/policies/[key]", as: "officer", at: "/studio/policies/37signals-privacy" },
  { page: "(staff)/studio/policies/[key]/versions/[number]", as: "officer", at: "/studio/policies/37signals-privacy/versions/40" },
  { page: "(staff)/studio/policies/[key]/compare", as: "officer", at: "/studio/policies/37signals-privacy/compare?from=90&to=97" },
  { page: "(staff)/studio/policies/[key]/draft", as: "officer", at: async (doors) => `/studio/policies/${await proposedPolicy(doors)}/draft` },
  { page: "(staff)/studio/policies/[key]/draft/citations", as: "officer", at: async (doors) => `/studio/policies/${await proposedPolicy(doors)}/draft/citations` },
  { page: "(staff)/studio/policies/[key]/draft/publish", as: "approver", at: async (doors) => `/studio/policies/${await proposedPolicy(doors)}/draft/publish` },
  { page: "(staff)/studio/policies/[key]/publish", as: "approver", at: async (doors) => `/studio/policies/${await importedPolicy(doors)}/publish` },
  { page: "(staff)/studio/uses/[key]/draft", as: "approver", at: async (doors) => `/studio/uses/${await started(doors, "use")}/draft` },
  { page: "(staff)/studio/prompts", as: "officer", at: "/studio/prompts" },
  { page: "(staff)/studio/prompts/[key]", as: "officer", at: "/studio/prompts/tour-seat" },
  { page: "(staff)/studio/prompts/[key]/compare", as: "officer", at: "/studio/prompts/tour-seat/compare" },
  { page: "(staff)/studio/prompts/[key]/versions/[number]", as: "officer", at: "/studio/prompts/tour-seat/versions/1" },
  {
    page: "(staff)/studio/prompts/[key]/draft",
    as: "officer",
    at: async (doors) => {
      const key = await started(doors, "use");
      const officer = await member(doors, "officer");
      await officer.goto(`/studio/prompts/${key}`);
      await officer.getByRole("button", { name: "Write the prompt" }).click();
      await expect(officer).toHaveURL(/\/draft/);
      await officer.context().close();
      return `/studio/prompts/${key}/draft`;
    },
  },
  { page: "(staff)/studio/lists", as: "officer", at: "/studio/lists" },
  { page: "(staff)/studio/people", as: "officer", at: "/studio/people" },
  { page: "(staff)/studio/people/new", as: "officer", at: "/studio/people/new" },
  { page: "(staff)/studio/people/[id]", as: "officer", at: (doors) => firstOf(doors, "officer", "/studio/people", new RegExp(`^/studio/people/${uuid}$`)) },

  { page: "(staff)/studio", as: "compliance", at: "/studio" },
  ...["", "?at=2026-06-01T12:00", "?at=soon", "?at=2020-01-01T00:00"].map((query): Screen => ({ page: "(staff)/studio/people/[id]/as-of", as: "compliance", at: async (doors) => `${await pageOf(doors, 1)}/as-of${query}` })),
  { page: "(staff)/studio/re-asks", as: "compliance", at: "/studio/re-asks" },
  { page: "(staff)/studio/reports/(list)", as: "compliance", at: "/studio/reports" },
  { page: "(staff)/studio/reports/(list)/policies", as: "compliance", at: "/studio/reports/policies" },
  { page: "(staff)/studio/reports/uses/[key]", as: "compliance", at: "/studio/reports/uses/delivery-address" },
  { page: "(staff)/studio/reports/policies/[key]", as: "compliance", at: "/studio/reports/policies/customer-privacy" },
  { page: "(staff)/studio/ledger", as: "compliance", at: "/studio/ledger" },
  { page: "(staff)/studio/ledger", as: "compliance", at: "/studio/ledger?older=3x" },
  { page: "(staff)/studio/ledger/[index]", as: "compliance", at: "/studio/ledger/100" },
  { page: "(staff)/studio/people/[id]", as: "compliance", at: (doors) => pageOf(doors, 2) },
  { page: "(staff)/studio/people/[id]", as: "compliance", at: forgotten },

  { page: "(staff)/studio/team", as: "admin", at: "/studio/team" },
  { page: "(staff)/studio/team/[id]", as: "admin", at: (doors) => firstOf(doors, "admin", "/studio/team", new RegExp(`^/studio/team/${uuid}$`)) },
  { page: "(staff)/studio/keys", as: "admin", at: "/studio/keys" },
  { page: "(staff)/studio/webhooks", as: "admin", at: "/studio/webhooks" },
  { page: "(staff)/studio/webhooks/[id]", as: "admin", at: toldSystem },
  { page: "(staff)/studio/settings", as: "admin", at: "/studio/settings" },
];

/** Opens a page and has it answer, complete and quiet. */
export async function open(page: Page, at: string): Promise<void> {
  const response = await page.goto(at);
  expect(response?.status(), at).toBe(200);
}
