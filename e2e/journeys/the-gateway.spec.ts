import { readFile } from "node:fs/promises";
import { z } from "zod";
import { checkAccessibility, expect, test, type Page } from "../support/browser";
import { fresh, member, type Doors } from "../support/doors";
import { gatewayCall } from "../support/gateway-call";
import { changeUse, publishUse } from "../support/publish-use";

/** A new browser of somebody whom the shop has just met. */
async function newCustomer({ stranger }: Doors, ref: string): Promise<Page> {
  const { link } = z.object({ link: z.url() }).parse(await gatewayCall("POST", "/v1/links", { person: ref }));
  const page = await stranger({ extraHTTPHeaders: { "Sec-GPC": "1" }, viewport: { width: 390, height: 844 } });
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/me$/);
  return page;
}

const said = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
const permission = (page: Page, title: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });
const decision = z.object({ reason: z.string() });
const reasonOf = async (person: string, use: string, version?: number) => decision.parse(await gatewayCall("POST", "/v1/decisions", { person, use, ...(version ? { version } : {}) })).reason;

test("an admin makes keys and replaces them, and the old one goes on for a while", async ({ staff, stranger }) => {
  const admin = await member({ staff, stranger }, "admin");
  const name = `Shop till ${fresh()}`;
  await admin.goto("/studio/keys");
  await admin.getByLabel(/^Name/).fill(name);
  await admin.getByRole("button", { name: "Make key" }).click();
  const first = await said(admin, `“${name}” is made`).locator("code").innerText();
  await checkAccessibility(admin);

  const row = admin.getByRole("row").filter({ hasText: name });
  await row.first().getByRole("button", { name: "Replace" }).click();
  const dialog = admin.getByRole("alertdialog");
  await dialog.getByLabel("The old key goes on for").selectOption({ label: "1 hour" });
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await expect(dialog).toBeHidden();
  const successor = said(admin, `“${name}” has a successor`);
  await expect(successor).toContainText("the old key goes on until");
  const second = await successor.locator("code").innerText();
  expect(second).not.toBe(first);
  await expect(row).toHaveCount(2);
  await expect(row.filter({ hasText: "Replaced" })).toContainText("works until");
  await checkAccessibility(admin);

  const asked = { person: `nobody-${fresh()}`, use: "delivery-address" };
  for (const key of [first, second]) expect(await gatewayCall("POST", "/v1/decisions", asked, key)).toMatchObject({ reason: "never-asked" });
  await row.filter({ hasText: "Replaced" }).getByRole("button", { name: "Revoke" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(said(admin, "The key is revoked")).toBeVisible();
  await expect(gatewayCall("POST", "/v1/decisions", asked, first)).rejects.toThrow("401");
  expect(await gatewayCall("POST", "/v1/decisions", asked, second)).toMatchObject({ reason: "never-asked" });
});

test("how much is asked, and how long what ended is frozen, are the organisation's settings", async ({ staff, stranger }) => {
  const admin = await member({ staff, stranger }, "admin");
  await admin.goto("/studio/settings");
  const [visit, days] = [await admin.getByLabel("In one visit").inputValue(), await admin.getByLabel("Destroy it after").inputValue()];
  const change = async (values: Readonly<Record<string, string>>, button: string, told: string) => {
    for (const [label, value] of Object.entries(values)) await admin.getByLabel(label).fill(value);
    await admin.getByRole("button", { name: button }).click();
    await expect(said(admin, told)).toBeVisible();
    for (const [label, value] of Object.entries(values)) await expect(admin.getByLabel(label)).toHaveValue(value);
  };
  await change({ "In one visit": visit === "4" ? "3" : "4", "In one month": "10" }, "Save these numbers", "from the next question on");
  await checkAccessibility(admin);
  await admin.getByLabel("Destroy it after").fill("none");
  await admin.getByRole("button", { name: "Save this time" }).click();
  await expect(admin.getByLabel("Destroy it after")).toHaveAttribute("aria-invalid", "true");
  await checkAccessibility(admin);
  await change({ "Destroy it after": days === "14" ? "30" : "14" }, "Save this time", "what ends from now on");
  await change({ "In one visit": visit, "In one month": "" }, "Save these numbers", "from the next question on");
});

test("a signal, a third answer, what is remembered, and who is told: one customer and one use", async ({ staff, stranger }) => {
  test.setTimeout(240_000);
  const doors = { staff, stranger };
  const word = fresh();
  const [title, use, ref, system] = [`Trail offers ${word}`, `trail-offers-${word}`, `till-${word}`, `Newsletter ${word}`];
  await publishUse(doors, { key: use, name: title });
  const customer = await newCustomer(doors, ref);

  await test.step("an admin adds a system that is told; an address without https is refused", async () => {
    const admin = await member(doors, "admin");
    await admin.goto("/studio/webhooks");
    await admin.getByLabel(/^Name/).fill(system);
    await admin.getByLabel(/^Address/).fill("http://hooks.example.com/handshake");
    await admin.getByLabel("It confirms when it has followed").check();
    await admin.getByRole("button", { name: "Add webhook" }).click();
    await expect(admin.getByRole("alert").filter({ hasText: "https://" }).first()).toBeVisible();
    await expect(admin.getByLabel("It confirms when it has followed")).toBeChecked();
    await admin.getByLabel(/^Address/).fill("https://hooks.example.com/handshake");
    await admin.getByRole("button", { name: "Add webhook" }).click();
    await expect(said(admin, system)).toContainText("only this once");
    await admin.getByRole("link", { name: system }).click();
    await expect(admin.getByRole("heading", { level: 1, name: system })).toBeVisible();
    await checkAccessibility(admin);
    await admin.context().close();
  });

  await test.step("their browser's signal is honoured and explained, on their page and in public", async () => {
    await expect(customer.getByText("Your browser asks us not to sell or share your data")).toBeVisible();
    await expect(customer.getByRole("listitem").filter({ hasText: title })).toContainText("your data is shared with others): off");
    await checkAccessibility(customer);
    expect(await reasonOf(ref, use)).toBe("objected");
    await customer.goto("/policies/customer-privacy");
    await expect(customer.getByText("Your browser’s signal is honoured")).toBeVisible();
    await checkAccessibility(customer);
    const other = await stranger();
    await other.goto("/policies/customer-privacy");
    await expect(other.getByText("Your browser’s signal")).toHaveCount(0);
  });

  await test.step("they say yes all the same, knowing of the signal", async () => {
    await customer.goto("/me");
    await customer.getByRole("link", { name: title }).click();
    await expect(customer.getByText("Your browser’s signal")).toBeVisible();
    await checkAccessibility(customer);
    await customer.getByRole("button", { name: "Yes, remember it" }).click();
    await expect(said(customer, "You said yes")).toBeVisible();
    await customer.goto("/me");
    await expect(customer.getByRole("listitem").filter({ hasText: title })).toContainText("on, because you said yes to it knowing of the signal");
    expect(await reasonOf(ref, use)).toBe("granted");
  });

  await test.step("what the shop remembers by it stands on their page", async () => {
    await gatewayCall("PUT", `/v1/people/${ref}/memory/trail.favourite`, { use, category: "user.behavior.interest_in_mountain_bikes", source: "told", value: "Red trails above the tree line", note: "You ticked it in the shop." });
    await customer.goto("/me/memory");
    await expect(customer.getByText("Red trails above the tree line", { exact: true })).toBeVisible();
    await expect(customer.getByText("May be used", { exact: true })).toBeVisible();
    await checkAccessibility(customer);
  });

  await test.step("a list is cleansed for the use, and both halves are downloaded", async () => {
    const officer = await member(doors, "officer");
    await officer.goto("/studio/lists");
    await officer.getByRole("button", { name: "Cleanse the list" }).click();
    await expect(officer.getByRole("alert").filter({ hasText: "Choose what the list is for." })).toBeVisible();
    await officer.getByLabel("What the list is for").selectOption({ label: title });
    const list = `name,ref\r\n"Hale, R.",${ref}\r\nNobody,nobody-${word}\r\n`;
    await officer.getByLabel(/^The list/).setInputFiles({ name: "spring.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await officer.getByRole("button", { name: "Cleanse the list" }).click();
    await expect(said(officer, "1 row may stay, 1 row may not")).toBeVisible();
    await checkAccessibility(officer);
    const half = async (name: string) => {
      const [download] = await Promise.all([officer.waitForEvent("download"), officer.getByRole("link", { name }).click()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
    };
    expect(await half("Download who may stay")).toEqual({ name: "spring-permitted.csv", text: `name,ref\r\n"Hale, R.",${ref}\r\n` });
    const { name, text } = await half("Download who may not, with reasons");
    expect(name).toBe("spring-suppressed.csv");
    expect(text).toBe(`name,ref,reason\r\nNobody,nobody-${word},never-asked\r\n`);
    await officer.context().close();
  });

  await test.step("the use grows; they keep what they agreed to", async () => {
    await changeUse(doors, use);
    await customer.goto("/me");
    const keep = customer.getByRole("button", { name: "Keep what I agreed to" });
    for (let i = 0; i < 12 && !(await keep.isVisible()); i++) {
      const before = customer.url();
      await customer.getByRole("link", { name: "Decide later" }).click();
      await customer.waitForURL((url) => url.href !== before);
      await expect(customer.getByRole("article")).toBeVisible();
    }
    await checkAccessibility(customer);
    await keep.click();
    await expect(said(customer, `What you agreed to for “${title}” stays`)).toBeVisible();
    expect(await reasonOf(ref, use, 1)).toBe("granted");
    expect(await reasonOf(ref, use)).toBe("refused");
    await customer.goto("/me/permissions");
    await expect(permission(customer, title)).toContainText("You kept what you agreed to");
    await expect(permission(customer, title)).toContainText("1 thing is remembered");
    await checkAccessibility(customer);
  });

  await test.step("they take it back: it is passed on, and what was remembered is out of reach until they forget it", async () => {
    await customer.getByRole("button", { name: `Withdraw: ${title}` }).click();
    await expect(said(customer, `You withdrew “${title}”`)).toBeVisible();
    await permission(customer, title).getByText("Passed on to 0 of").click();
    await expect(permission(customer, title)).toContainText(system);
    await checkAccessibility(customer);
    await customer.goto("/me/memory");
    await expect(customer.getByText("Out of reach", { exact: true })).toBeVisible();
    await expect(gatewayCall("GET", `/v1/people/${ref}/memory/trail.favourite`)).rejects.toThrow("404");
    await customer.getByRole("button", { name: "Forget this" }).click();
    await customer.getByRole("alertdialog").getByRole("button", { name: "Forget" }).click();
    await expect(said(customer, "gone for good")).toBeVisible();
    await expect(customer.getByText("Nothing is remembered", { exact: true })).toBeVisible();
    await customer.goto("/me/history");
    await expect(customer.getByText("by a signal of your browser").first()).toBeVisible();
    await checkAccessibility(customer);
  });

  await test.step("the webhook is removed again", async () => {
    const admin = await member(doors, "admin");
    await admin.goto("/studio/webhooks");
    await admin.getByRole("link", { name: system }).click();
    await admin.getByRole("button", { name: "Remove webhook" }).click();
    await admin.getByRole("alertdialog").getByRole("button", { name: "Remove webhook" }).click();
    await expect(said(admin, "The webhook is removed")).toBeVisible();
  });
});

test("developers find every call, and a description for their tools", async ({ stranger }) => {
  const page = await stranger();
  await page.goto("/developers");
  await expect(page.getByRole("heading", { level: 1, name: "For developers" })).toBeVisible();
  for (const path of ["/v1/questions", "/v1/answers", "/v1/decisions", "/v1/lists/{use}/cleanse", "/v1/people/{ref}/memory/{key}", "/v1/people/{ref}/permissions", "/v1/ledger/checkpoint"]) {
    await expect(page.getByText(path, { exact: false }).first()).toBeVisible();
  }
  const described = await page.request.get((await page.getByRole("link", { name: "openapi.json" }).getAttribute("href")) ?? "");
  expect(await described.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  await checkAccessibility(page);
});
