import { expect, test, type Page } from "../support/browser";
import { demo } from "../support/start-demo";
import { customer, member } from "../support/doors";
import { formAt, send } from "../support/posting";

const nobody = "00000000-0000-4000-8000-000000000000";
const long = "a".repeat(3_000);
/** What is no key, no number and no id, as it may come behind any path. */
const odd = ["no-such-thing", "%ff", "%00", "a%00b", "%E0%A4%A", "..%2f..%2fetc%2fpasswd", "%3Cscript%3E", "Üml%C3%A4ut", "%F0%9F%92%A9", "__proto__", "constructor", "-1", "0", "1e9", "99999999999999999999", "'%20OR%201=1--", nobody, long];

const publicPlaces = ["/policies/", "/ledger/", "/ledger/key/", "/policies/customer-privacy/versions/", "/policies/customer-privacy/compare/1/", "/policies/customer-privacy/compare/", "/"];
const publicUnknown = ["/policies/customer-privacy/versions/99", "/policies/customer-privacy/compare/1/99", "/policies/customer-privacy/versions/99.md", "/policies/no-such-thing.json", "/policies/no-such-thing/versions/1", "/policies.xml", "/policy-documents/xml", "/policy-documents/json/customer-privacy/versions", "/studio.json", "/me/nothing-here", "/wp-login.php", "/.env"];
const staffPlaces = ["/studio/", "/studio/uses/", "/studio/uses/delivery-address/versions/", "/studio/policies/", "/studio/policies/customer-privacy/versions/", "/studio/prompts/", "/studio/prompts/delivery-address/versions/", "/studio/people/", "/studio/ledger/", "/studio/reports/uses/", "/studio/reports/policies/", "/studio/team/"];
const staffUnknown = ["/studio/uses/delivery-address/versions/99", "/studio/policies/customer-privacy/versions/99", "/studio/policies/no-such-thing/draft/publish", "/studio/policies/customer-privacy/publish", "/studio/prompts/no-such-thing/draft", "/studio/ledger/999999999", "/studio/ledger/999999999/receipt", "/studio/ledger/x/receipt", `/studio/people/${nobody}`, `/studio/people/${nobody}/as-of?at=2026-01-01T00:00`, "/studio/people/no-id/as-of"];
/** Addresses that are there, with a query that makes no sense: they are shown as if it had not been said. */
const staffQueries = ["/studio/uses?q=%00&after=..", "/studio/uses?after[]=x&after=y&after=z", "/studio/people?older=no-id", "/studio/people?older=x&older=y", "/studio/ledger?before=-1&kind=no&about=use:%00", "/studio/ledger?before=999999999999999&person=x", "/studio?days=1e9&shown=%ff", "/studio/uses/tour-seat/compare?from=99&to=-1", `/studio/policies/customer-privacy?below=${long.slice(0, 500)}`, "/studio/team?after=x", "/studio/prompts/tour-seat/versions/1?locale=xx"];

/** Asks for an address exactly as it is written. */
async function statusOf(page: Page, at: string): Promise<number> {
  return (await page.request.get(`${demo().web}${at}`, { maxRedirects: 0 })).status();
}

test("what is not there is not found, for anybody, and never a fault of ours", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const faults: string[] = [];
  const look = async (page: Page, who: string, addresses: readonly string[], right: (status: number) => boolean) => {
    for (const at of addresses) {
      const status = await statusOf(page, at);
      if (!right(status)) faults.push(`${status} for ${who} at ${at.slice(0, 120)}`);
    }
  };
  const behind = (places: readonly string[], words: readonly string[]) => places.flatMap((place) => words.map((word) => place + word));
  const missing = (status: number) => status === 404;

  const reader = await stranger();
  await look(reader, "anybody", [...behind(publicPlaces, odd), ...publicUnknown], missing);
  await look(reader, "anybody", behind(["/join/", "/me/open/"], odd), (status) => status === 200 || status === 404);

  const admin = await member(doors, "admin");
  await look(admin, "staff", [...behind(staffPlaces, odd).filter((at) => !/\/ledger\/(?:0|1e9)$/.test(at)), ...staffUnknown], missing);
  await look(admin, "staff", staffQueries, (status) => status === 200 || status === 404);

  const person = await customer(doors, 1);
  await look(person, "a customer", behind(["/me/permissions/", "/me/policies/", "/me/history/", "/me/history/0/receipt/"], odd), missing);
  await look(person, "a customer", ["/me/history/0/receipt/json", "/me/history/999999999999999/receipt/jsonld", "/me/history/x/receipt/kantara"], missing);
  await look(person, "a customer", ["/me?later=x,%ff", "/me?later=a&later=b", "/me/history?below=x", "/me/history?below=-1&below=2"], (status) => status === 200);
  expect(faults).toEqual([]);
});

test("a person's pages are nobody else's", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const person = await customer(doors, 1);
  for (const at of ["/studio", "/studio/people", `/studio/people/${nobody}`, "/studio/ledger"]) {
    await person.goto(at);
    await expect(person, at).toHaveURL(/\/sign-in\?returnTo=/);
  }
  const officer = await member(doors, "officer");
  for (const at of ["/me", "/me/permissions", "/me/history", "/me/policies"]) {
    await officer.goto(at);
    await expect(officer, at).toHaveURL(/\/me\/sign-in/);
  }
  for (const at of ["/studio/team", "/studio/keys", "/studio/settings", `/studio/team/${nobody}`]) expect(await statusOf(officer, at), at).toBe(404);
  const compliance = await member(doors, "compliance");
  for (const at of ["/studio/uses/new", "/studio/policies/new", "/studio/policies/import", "/studio/people/new"]) expect(await statusOf(compliance, at), at).toBe(404);
});

test("whoever is signed out is led to sign in, and back to where they wanted to go, on this site only", async ({ stranger }) => {
  const officer = demo().staff.find((one) => one.role === "officer");
  const page = await stranger();
  await page.goto("/studio/uses/tour-seat");
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
  await page.getByLabel("E-mail address").fill(officer?.email ?? "");
  await page.getByLabel("Password").fill(officer?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/studio\/uses\/tour-seat$/);

  const away = await stranger({ javaScriptEnabled: false });
  const elsewhere = ["//evil.example", "https://evil.example/studio", "/\\evil.example", "/%09/evil.example", "\\\\evil.example", "javascript:alert(1)", "/studio@evil.example\r\nX: y", "///evil.example", "/.//evil.example"];
  for (const returnTo of elsewhere) {
    await away.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    const kept = await away.locator("input[name=returnTo]").inputValue();
    expect(new URL(kept, demo().web).host, returnTo).toBe(new URL(demo().web).host);
  }
  const form = await formAt(away, "/sign-in", "Sign in", { email: officer?.email ?? "", password: officer?.password ?? "", returnTo: "//evil.example" });
  const reply = await send(away, "/sign-in", form);
  expect(reply.status()).toBe(303);
  expect(reply.headers()["location"]).toBe("/studio");

  const nobody = await stranger();
  for (const at of ["/me", "/me/permissions", "/me/history", "/me/policies/customer-privacy"]) {
    await nobody.goto(at);
    await expect(nobody, at).toHaveURL(/\/me\/sign-in/);
  }
});
