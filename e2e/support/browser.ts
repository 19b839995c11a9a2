import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { demo } from "./start-demo";

export { expect };
export type { Page };

/** Anything a page complains about fails the test that looked at it. */
export function listenForErrors(context: BrowserContext, errors: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(`${message.type()}: ${message.text()} (${message.location().url}, on ${message.page()?.url() ?? ""})`);
  });
  context.on("weberror", (error) => errors.push(`${error.error().message} (${error.page()?.url() ?? ""})`));
}

type Doors = {
  /** A new browser of somebody who is not signed in. */
  stranger: (options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
  /** A new browser, signed in as the demo's member of staff with this role. */
  staff: (role: "officer" | "approver" | "compliance" | "admin", options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
};

export const test = base.extend<Doors & { errors: string[] }>({
  errors: async ({}, give) => {
    const errors: string[] = [];
    await give(errors);
    expect(errors, "the pages complained").toEqual([]);
  },
  stranger: async ({ browser, errors }, give) => {
    const contexts: BrowserContext[] = [];
    await give(async (options) => {
      const context = await browser.newContext({ baseURL: demo().web, ...options });
      listenForErrors(context, errors);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  staff: async ({ stranger }, give) => {
    await give(async (role, options) => {
      const page = await stranger(options);
      const account = demo().staff.find((one) => one.role === role);
      if (!account) throw new Error(`the demo has no ${role}`);
      await page.goto("/sign-in");
      await page.getByLabel("E-mail address").fill(account.email);
      await page.getByLabel("Password").fill(account.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(/\/studio/);
      return page;
    });
  },
});

/** axe on a page without frames of its own; only what is wrong is put into words, which is most of its work on a long page. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], preload: false });
}

/** No violation of WCAG 2.2 A and AA that axe can find; of these rules alone, when they are named. */
export async function checkAccessibility(page: Page, rules?: readonly string[]): Promise<void> {
  const asked = rules === undefined ? axe(page).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]) : axe(page).withRules([...rules]);
  const { violations } = await asked.analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`), page.url()).toEqual([]);
}

/** Nothing sticks out sideways. */
export async function checkWidth(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content, `${page.url()} is wider than the window`).toBeLessThanOrEqual(window ?? 0);
}

/** Which page this is can be seen in its navigation, though that may be wider than the window. */
export async function checkPlace(page: Page): Promise<void> {
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll("nav [aria-current=page]")].filter((place) => {
      const { left, right, width } = place.getBoundingClientRect();
      return width > 0 && (left < 0 || right > document.documentElement.clientWidth);
    }).map((place) => place.textContent),
  );
  expect(hidden, `${page.url()} is out of sight in its navigation`).toEqual([]);
}
