import { readdirSync } from "node:fs";
import path from "node:path";
import { checkAccessibility, checkPlace, checkWidth, expect, test, type Page } from "../support/browser";
import { customer, member } from "../support/doors";
import { open, screens, type Viewer } from "./screen-list";

const app = path.resolve(import.meta.dirname, "../../app");
/** The longest look first, so that nobody waits for it at the end. */
const viewers: readonly Viewer[] = ["officer", "anyone", "customer", "approver", "compliance", "admin"];
/** Pictures of every screen are kept in this folder, when it is named. */
const pictures = process.env["HANDSHAKE_TEST_PICTURES"];

test.describe.configure({ mode: "parallel" });

test("every page of the product is looked at", () => {
  const pages = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => path.basename(file) === "page.tsx");
  expect(pages.map((file) => path.dirname(file).replace(/^\.$/, "")).sort()).toEqual([...new Set(screens.map((screen) => screen.page))].sort());
});

for (const viewer of viewers) {
  test(`what ${viewer} sees is there, named, accessible, and fits: wide and narrow, light and dark`, async ({ staff, stranger }) => {
    test.setTimeout(600_000);
    const doors = { staff, stranger };
    const page = viewer === "anyone" ? await stranger() : viewer === "customer" ? await customer(doors, 1) : await member(doors, viewer);
    const titles = new Map<string, Set<string>>();
    const faults: string[] = [];
    for (const screen of screens.filter((one) => one.as === viewer)) {
      const at = typeof screen.at === "string" ? screen.at : await screen.at(doors);
      try {
        await test.step(at, () => look(page, at));
        const title = await page.title();
        expect(title, "has a name of its own").toMatch(/^\S/);
        const named = (titles.get(title) ?? new Set()).add(screen.leadsTo ?? screen.page);
        expect([...named].length, `“${title}” says which page this is`).toBe(1);
        titles.set(title, named);
      } catch (error) {
        // Every screen is looked at before any of them fails the test.
        faults.push(`${at}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(faults).toEqual([]);
  });
}

/** One page in both colour schemes and three widths. */
async function look(page: Page, at: string): Promise<void> {
  // The page before need not be laid out again.
  await page.goto("about:blank");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, at);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("main")).toHaveCount(1);
  await checkWidth(page);
  await checkAccessibility(page);
  await keep(page, at, "wide-light");
  await page.setViewportSize({ width: 320, height: 700 });
  await checkWidth(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await checkWidth(page);
  await checkPlace(page);
  await keep(page, at, "narrow-light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await checkAccessibility(page, ofLooks);
  await keep(page, at, "narrow-dark");
}

/** The rules that colours and widths can break; the others hold or break in any. */
const ofLooks = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"] as const;

async function keep(page: Page, at: string, how: string): Promise<void> {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${at.replace(/[^\w-]+/g, "_")}.${how}.png`), fullPage: true });
}
