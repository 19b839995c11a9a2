import { readFile } from "node:fs/promises";
import path from "node:path";
import { checkAccessibility, expect, test, type Page } from "../support/browser";
import { demo } from "../support/start-demo";

const corpus = path.resolve(import.meta.dirname, "../../prisma/corpus/37signals-privacy-policy");

/** Presses a button and waits for the page that answers it. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name }).click();
}

async function decide(version?: number) {
  const { gateway, apiKey, customers } = demo();
  const reply = await fetch(`${gateway}/v1/decisions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ person: customers[0]?.ref, use: "mountain-bike-picks", ...(version ? { version } : {}) }),
  });
  expect(reply.status).toBe(200);
  return reply.json() as Promise<{ allowed: boolean; reason: string; version: number }>;
}

test("the deal, end to end: import, cite, publish, grant, change, ask again, refuse, prove", async ({ staff, stranger }) => {
  test.setTimeout(600_000);
  const officer = await staff("officer");
  const approver = await staff("approver");

  await test.step("an officer imports the 97 versions", async () => {
    await officer.goto("/studio/policies/import");
    await officer.getByLabel("A folder", { exact: true }).setInputFiles(corpus);
    await officer.getByRole("textbox", { name: "Title" }).fill("Our own privacy policy");
    await officer.getByRole("textbox", { name: "Short name" }).fill("our-own");
    await checkAccessibility(officer);
    await press(officer, "Import");
    await expect(officer.getByRole("status").filter({ hasText: "97 versions" })).toBeVisible({ timeout: 60_000 });
  });

  await test.step("importing again changes nothing", async () => {
    await officer.goto("/studio/policies/import?into=our-own");
    await officer.getByLabel("A folder", { exact: true }).setInputFiles(corpus);
    await officer.getByRole("radio", { name: /A policy that is here/ }).check();
    await officer.getByLabel("Policy", { exact: true }).selectOption("our-own");
    await press(officer, "Import");
    await expect(officer.getByText(/nothing changed/i)).toBeVisible({ timeout: 60_000 });
  });

  await test.step("and reads the difference between the first and the last", async () => {
    await officer.goto("/studio/policies/our-own/compare?from=1&to=97");
    await expect(officer.locator("ins").first()).toBeVisible();
    await expect(officer.locator("del").first()).toBeVisible();
    await checkAccessibility(officer);
  });

  await test.step("cites three uses from its clauses, and asks for approval", async () => {
    await officer.goto("/studio/policies/our-own");
    await press(officer, "Write a new version");
    await officer.getByRole("link", { name: "Citations" }).click();
    const places = officer.getByRole("combobox", { name: /^Cite a data use from/ });
    for (const [i, use] of ["Mountain-bike picks", "Delivery address", "Window or aisle"].entries()) {
      await places.nth(i + 1).selectOption({ label: use });
      await expect(officer.getByRole("checkbox", { name: use })).toBeChecked();
    }
    await press(officer, "Save citations");
    await expect(officer.getByText("The citations are saved.")).toBeVisible();
    await officer.getByRole("link", { name: "Review and publish" }).click();
    await press(officer, "Ask for approval");
    await expect(officer.getByText("The draft waits for approval.", { exact: false })).toBeVisible();
    await expect(officer.getByRole("button", { name: /^Publish/ })).toHaveCount(0);
  });

  await test.step("nothing of it is public until a second person publishes", async () => {
    const reader = await stranger({ javaScriptEnabled: false });
    expect((await reader.request.get("/policies/our-own")).status()).toBe(404);
    await approver.goto("/studio");
    await approver.getByRole("link", { name: /Our own privacy policy/ }).first().click();
    await approver.goto("/studio/policies/our-own/draft/publish");
    await checkAccessibility(approver);
    await press(approver, "Publish version 98");
    await expect(approver.getByText("Published. It is in force", { exact: false })).toBeVisible();
    await reader.goto("/policies/our-own");
    await expect(reader.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(reader.getByText("Mountain-bike picks").first()).toBeVisible();
    expect((await reader.request.get("/policies/our-own/versions/1.md")).status()).toBe(200);
    expect((await reader.request.get("/policies/our-own/compare/1/97.json")).status()).toBe(200);
    expect((await reader.request.get("/policies/our-own/versions/99")).status()).toBe(404);
  });

  const customer = await stranger({ viewport: { width: 390, height: 844 } });
  const title = customer.getByRole("heading", { name: "Mountain-bike picks" });
  /** Puts other questions off until the one about mountain bikes is there. */
  const findQuestion = async () => {
    await customer.goto("/me");
    for (let i = 0; i < 12 && !(await title.isVisible()); i++) {
      const before = customer.url();
      await customer.getByRole("link", { name: "Decide later" }).click();
      await customer.waitForURL((url) => url.href !== before);
      await expect(customer.getByRole("article")).toBeVisible();
    }
    await expect(title).toBeVisible();
  };

  await test.step("a customer opens their link and grants mountain-bike picks", async () => {
    expect(await decide()).toMatchObject({ allowed: false, reason: "never-asked" });
    await customer.goto(demo().customers[0]!.link);
    await checkAccessibility(customer);
    await press(customer, "Continue");
    await expect(customer).toHaveURL(/\/me$/);
    await findQuestion();
    await checkAccessibility(customer);
    const [yes, no] = [customer.getByRole("button", { name: "Yes, remember it" }), customer.getByRole("button", { name: "No, do not keep it" })];
    const looks = (button: typeof yes) => button.evaluate((element) => {
      const { color, backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      return { color, backgroundColor, fontSize, fontWeight, borderColor, width: Math.round(width), height: Math.round(height) };
    });
    expect(await looks(yes)).toEqual(await looks(no));
    await yes.click();
    await expect(customer.getByRole("status").first()).toBeVisible();
    expect(await decide()).toMatchObject({ allowed: true, reason: "granted", version: 1 });
  });

  await test.step("the officer keeps it 24 months instead of 12, and sees that this is wider", async () => {
    await officer.goto("/studio/uses/mountain-bike-picks");
    await press(officer, "Write a new version");
    await officer.getByLabel("How many").fill("24");
    await press(officer, /^Save/);
    await expect(officer.getByText("Wider").first()).toBeVisible();
    await expect(officer.getByText(/12 → 24 months/).first()).toBeVisible();
    await checkAccessibility(officer);
    await press(officer, "Ask for approval");
    await expect(officer.getByText("Waiting for approval").first()).toBeVisible();
  });

  await test.step("the approver publishes it", async () => {
    await approver.goto("/studio/uses/mountain-bike-picks/draft");
    await press(approver, "Publish version 2");
    await checkAccessibility(approver);
    await press(approver, "Publish now");
    await expect(approver).toHaveURL(/\/studio\/uses\/mountain-bike-picks\?done=published/);
    await expect(approver.getByText(/version 2/).first()).toBeVisible();
  });

  await test.step("the next decision denies the widened part and keeps the old scope", async () => {
    expect(await decide()).toMatchObject({ allowed: false, reason: "use-changed", version: 2 });
    expect(await decide(2)).toMatchObject({ allowed: false, reason: "use-changed" });
    expect(await decide(1)).toMatchObject({ allowed: true, reason: "granted" });
  });

  await test.step("the customer is asked again, told what changed, and refuses", async () => {
    await findQuestion();
    await expect(customer.getByText("It would be kept longer than you agreed to", { exact: false })).toBeVisible();
    await checkAccessibility(customer);
    await press(customer, "No, do not keep it");
    await expect(customer.getByRole("status").first()).toBeVisible();
    for (const version of [1, 2]) expect(await decide(version)).toMatchObject({ allowed: false, reason: "refused" });
    await customer.goto("/me/history");
    await expect(customer.getByText("Mountain-bike picks").first()).toBeVisible();
  });

  await test.step("overview, CSV and ledger show each step", async () => {
    const compliance = await staff("compliance");
    await expect(compliance.getByText("Mountain-bike picks").first()).toBeVisible();
    await compliance.goto("/studio/reports");
    const [download] = await Promise.all([compliance.waitForEvent("download"), compliance.getByRole("link", { name: "Download acceptance per version" }).click()]);
    const csv = await readFile(await download.path(), "utf8");
    const row = csv.split(/\r?\n/).find((line) => line.includes("mountain-bike-picks") && /,2,/.test(line));
    expect(row, csv).toBeDefined();
    await compliance.goto("/studio/ledger");
    for (const said of [/downloaded/i, /said no to version 2 of “Mountain-bike picks”/, /published version 2 of “Mountain-bike picks”/, /said yes to version 1 of “Mountain-bike picks”/, /published version 98 of “Our own privacy policy”/, /imported 97 versions/]) {
      await expect(compliance.getByRole("link", { name: said }).first()).toBeVisible();
    }
    await checkAccessibility(compliance);
  });
});
