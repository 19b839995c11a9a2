import { customer, fresh, freshLink, member, type Doors } from "../support/doors";
import { formAt, send, yesAt } from "../support/posting";
import { checkAccessibility, expect, test, type Page } from "../support/browser";
import { demo } from "../support/start-demo";

/** What is wrong with a field is said at the field, and in a summary that has the focus. */
async function saidAt(page: Page, label: RegExp, words: RegExp): Promise<void> {
  const field = page.getByLabel(label).and(page.locator("input, textarea, select"));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(words);
  const summary = page.getByRole("alert").filter({ hasText: words });
  await expect(summary).toBeFocused();
  await checkAccessibility(page);
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

/** A new data use with an empty draft, from its own form; gives back its key. */
async function newUse(officer: Page): Promise<string> {
  const name = `Odd ${fresh()}`;
  await officer.goto("/studio/uses/new");
  await officer.getByLabel(/^Name/).fill(name);
  await press(officer, "Create and write the terms");
  await expect(officer).toHaveURL(/\/draft\?done=created/);
  return name.toLowerCase().replace(" ", "-");
}

test("forms keep what was typed and say what is wrong where it is wrong", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const officer = await member(doors, "officer");

  await test.step("a data use without a name", async () => {
    await officer.goto("/studio/uses/new");
    await officer.getByLabel(/^Short name/).fill("kept-all-the-same");
    await press(officer, "Create and write the terms");
    await saidAt(officer, /^Name/, /The name is missing/);
    await expect(officer.getByLabel(/^Short name/)).toHaveValue("kept-all-the-same");
  });

  await test.step("a short name that is taken", async () => {
    await officer.getByLabel(/^Name/).fill("Another delivery address");
    await officer.getByLabel(/^Short name/).fill("delivery-address");
    await press(officer, "Create and write the terms");
    await saidAt(officer, /^Short name/, /taken/);
    await expect(officer.getByLabel(/^Name/)).toHaveValue("Another delivery address");
    await expect(officer.getByLabel(/^Short name/)).toHaveValue("delivery-address");
  });

  await test.step("a time to keep something that is no time", async () => {
    const key = await newUse(officer);
    await officer.getByLabel(/^Promises/).fill("You never <type> it again\nAnd a second one");
    await officer.getByRole("checkbox", { name: /^You notice it/ }).check();
    await press(officer, "Add a recipient");
    await officer.getByLabel("Name of recipient 1").fill("Fjord Parcel");
    await officer.getByRole("radio", { name: /^Needed for a contract/ }).check();
    for (const [typed, words] of [["-3", /whole number, 1 or more/], ["a while", /whole number, 1 or more/], ["99999", /At most 1,200 months/], ["", /Write how many/]] as const) {
      await officer.getByLabel("How many").fill(typed);
      await press(officer, "Save draft");
      await saidAt(officer, /^How many/, words);
      await expect(officer.getByLabel("How many")).toHaveValue(typed);
    }
    await expect(officer.getByLabel(/^Promises/)).toHaveValue("You never <type> it again\nAnd a second one");
    await expect(officer.getByLabel("Name of recipient 1")).toHaveValue("Fjord Parcel");
    await expect(officer.getByRole("checkbox", { name: /^You notice it/ })).toBeChecked();
    await expect(officer.getByRole("radio", { name: /^Needed for a contract/ })).toBeChecked();
    await officer.goto(`/studio/uses/${key}/draft`);
    await expect(officer.getByLabel(/^Promises/), "nothing is half-saved").toHaveValue("");
  });

  await test.step("a policy's short name with capitals", async () => {
    await officer.goto("/studio/policies/new");
    await officer.getByLabel(/^Title/).fill("Terms for partners");
    await officer.getByLabel(/^Short name/).fill("Partner-Terms");
    await officer.getByLabel(/^Who it is for/).selectOption("partners");
    await officer.getByRole("radio", { name: /^Nothing/ }).check();
    await press(officer, "Create and write");
    await saidAt(officer, /^Short name/, /lower-case letters, digits and hyphens/);
    await expect(officer.getByLabel(/^Title/)).toHaveValue("Terms for partners");
    await expect(officer.getByLabel(/^Short name/)).toHaveValue("Partner-Terms");
    await expect(officer.getByLabel(/^Who it is for/)).toHaveValue("partners");
    await expect(officer.getByRole("radio", { name: /^Nothing/ })).toBeChecked();
  });

  await test.step("a prompt with missing parts is a draft that nobody can approve", async () => {
    const key = await newUse(officer);
    await officer.goto(`/studio/prompts/${key}`);
    await press(officer, "Write the prompt");
    await officer.getByLabel(/^Title/).fill("Half a prompt");
    await officer.getByLabel(/^Question/).fill("May we?");
    await press(officer, "Save draft");
    await expect(officer).toHaveURL(/done=saved/);
    await expect(officer.getByLabel(/^Question/)).toHaveValue("May we?");
    for (const missing of ["Say what people get from it", "Say what happens when people say no", "Write what the yes button says", "Write what the no button says"]) {
      await expect(officer.getByText(missing).first()).toBeVisible();
    }
    await expect(officer.getByRole("button", { name: "Ask for approval" })).toHaveCount(0);
  });

  await test.step("a person with half an e-mail address", async () => {
    await officer.goto("/studio/people/new");
    await officer.getByLabel(/^Name/).fill("Ana Maria");
    await officer.getByLabel(/^E-mail address/).fill("ana@");
    await officer.getByLabel(/^Customer number/).fill("odd-17");
    await officer.getByLabel(/^Language/).selectOption("de");
    await press(officer, "Add person");
    await saidAt(officer, /^E-mail address/, /such as ana@example.com/);
    await expect(officer.getByLabel(/^Name/)).toHaveValue("Ana Maria");
    await expect(officer.getByLabel(/^E-mail address/)).toHaveValue("ana@");
    await expect(officer.getByLabel(/^Customer number/)).toHaveValue("odd-17");
    await expect(officer.getByLabel(/^Language/)).toHaveValue("de");
  });

  await test.step("a colleague with half an e-mail address", async () => {
    const admin = await member(doors, "admin");
    await admin.goto("/studio/team");
    await admin.getByLabel(/^E-mail address/).fill("nobody at all");
    await admin.getByRole("radio", { name: /^Compliance/ }).check();
    await press(admin, "Invite");
    await saidAt(admin, /^E-mail address/, /such as ana@example.com/);
    await expect(admin.getByLabel(/^E-mail address/)).toHaveValue("nobody at all");
    await expect(admin.getByRole("radio", { name: /^Compliance/ })).toBeChecked();
  });

  await test.step("a webhook without an address", async () => {
    const admin = await member(doors, "admin");
    await admin.goto("/studio/webhooks");
    await admin.getByLabel(/^Name/).fill("Letters");
    await press(admin, "Add webhook");
    await saidAt(admin, /^Address/, /Write the whole address/);
    await expect(admin.getByLabel(/^Name/)).toHaveValue("Letters");
  });

  await test.step("no list, and nothing that it is for", async () => {
    await officer.goto("/studio/lists");
    await press(officer, "Cleanse the list");
    await saidAt(officer, /^What the list is for/, /Choose what the list is for/);
    await saidAt(officer, /^The list/, /Choose a file/);
  });
});

/** A new colleague, invited and joined; on the way the link's own mistakes. */
async function colleague(doors: Doors): Promise<Page> {
  const admin = await member(doors, "admin");
  await admin.goto("/studio/team");
  await admin.getByLabel(/^E-mail address/).fill(`second-${fresh()}@kestrel-pine.example`);
  await press(admin, "Invite");
  const link = /\/join\/[\w-]+/.exec(await admin.getByText(/\/join\/[\w-]+/).first().innerText())?.[0] ?? "";
  const page = await doors.stranger();
  await page.goto(link);
  await page.getByLabel(/^Your name/).fill("Second Officer");
  await page.getByLabel("Password", { exact: false }).first().fill("too short");
  await press(page, "Join");
  await saidAt(page, /^Password/, /at least 12 characters/);
  await expect(page.getByLabel(/^Your name/)).toHaveValue("Second Officer");
  await page.getByLabel(/^Password/).first().fill("a second pair of hands");
  await press(page, "Join");
  await expect(page).toHaveURL(/\/studio/);
  const late = await doors.stranger();
  await late.goto(link);
  await expect(late.getByRole("heading", { level: 1, name: "Already used" })).toBeVisible();
  return page;
}

test("of two officers who save the same draft the second is told, and loses nothing", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const first = await member(doors, "officer");
  const second = await colleague(doors);
  const key = await newUse(first);
  await second.goto(`/studio/uses/${key}/draft`);
  await first.getByLabel(/^Promises/).fill("What the first wrote");
  await press(first, "Save draft");
  await expect(first).toHaveURL(/done=saved/);
  await second.getByLabel(/^Promises/).fill("What the second wrote");
  await second.getByLabel("How many").fill("7");
  await press(second, "Save draft");
  await expect(second.getByText("Somebody else saved this draft while you were writing")).toBeVisible();
  await expect(second.getByLabel(/^Promises/)).toHaveValue("What the second wrote");
  await expect(second.getByLabel("How many")).toHaveValue("7");
  await checkAccessibility(second);
  await first.reload();
  await expect(first.getByLabel(/^Promises/), "what was saved first stays").toHaveValue("What the first wrote");
  await press(second, "Save mine over it");
  await expect(second).toHaveURL(/done=saved/);
  await expect(second.getByLabel(/^Promises/)).toHaveValue("What the second wrote");
});

/** How many entries of the ledger a filter finds. */
async function entries(doors: Doors, filter: string): Promise<number> {
  const compliance = await member(doors, "compliance");
  await compliance.goto(`/studio/ledger?${filter}`);
  await expect(compliance.getByRole("heading", { level: 1 })).toBeVisible();
  const count = await compliance.getByRole("table").getByRole("row").count();
  await compliance.context().close();
  return Math.max(0, count - 1);
}

const twenty = Array.from({ length: 20 });

test("the same form sent twenty times at once makes one entry, and each says the same", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const noScript = { javaScriptEnabled: false };
  const officer = await member(doors, "officer", noScript);
  const key = `twenty-${fresh()}`;

  await test.step("a policy is made once, and published once", async () => {
    const made = await formAt(officer, "/studio/policies/new", "Create and write", { title: "Sent twenty times", key, audience: "partners", asks: "nothing" });
    const replies = await Promise.all(twenty.map(() => send(officer, "/studio/policies/new", made)));
    expect(replies.map((reply) => [reply.status(), reply.headers()["location"]])).toEqual(twenty.map(() => [303, `/studio/policies/${key}/draft`]));

    const here = `/studio/policies/${key}/draft`;
    const saved = await send(officer, here, await formAt(officer, here, "Save draft", { "texts[0].markdown": "## Once\n\nOnly once." }));
    expect(saved.status()).toBe(303);
    await officer.goto(`${here}/publish`);
    await press(officer, "Ask for approval");
    const approver = await member(doors, "approver", noScript);
    const form = await formAt(approver, `${here}/publish`, "Publish version 1");
    const published = await Promise.all(twenty.map(() => send(approver, `${here}/publish`, form)));
    expect(published.map((reply) => [reply.status(), reply.headers()["location"]])).toEqual(twenty.map(() => [303, `/studio/policies/${key}?done=published`]));
    expect(await entries(doors, `kind=policy-published&about=policy:${key}`)).toBe(1);
  });

  await test.step("a person is added once", async () => {
    const form = await formAt(officer, "/studio/people/new", "Add person", { name: "Only One", email: `${key}@example.com`, ref: key });
    const replies = await Promise.all(twenty.map(() => send(officer, "/studio/people/new", form)));
    expect(replies.map((reply) => reply.status())).toEqual(twenty.map(() => 303));
    expect(new Set(replies.map((reply) => reply.headers()["location"]?.replace(/\?.*/, ""))).size).toBe(1);
  });

  await test.step("a colleague is invited once, by one link", async () => {
    const admin = await member(doors, "admin", noScript);
    const before = await entries(doors, "kind=staff-invited");
    const form = await formAt(admin, "/studio/team", "Invite", { email: `${key}@kestrel-pine.example`, role: "officer" });
    const replies = await Promise.all(twenty.map(() => send(admin, "/studio/team", form)));
    const links = await Promise.all(replies.map(async (reply) => /\/join\/[\w-]+/.exec(await reply.text())?.[0]));
    expect(new Set(links).size).toBe(1);
    expect(links[0]).toBeDefined();
    expect(await entries(doors, "kind=staff-invited")).toBe(before + 1);
  });

  await test.step("a customer answers once", async () => {
    const person = await customer(doors, 2, noScript);
    const here = "/me/permissions/boot-and-jacket-size";
    const newest = async () => {
      await person.goto("/me/history");
      const lines = await person.getByRole("listitem").filter({ hasText: /entry [\d,]+/ }).allInnerTexts();
      return lines.map((line) => /entry [\d,]+/.exec(line)?.[0]);
    };
    const before = await newest();
    const form = await yesAt(person, here);
    const replies = await Promise.all(twenty.map(() => send(person, here, form)));
    expect(new Set(replies.map((reply) => reply.status())).size).toBe(1);
    const after = await newest();
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1, 6), "one line more").toEqual(before.slice(0, 5));
  });
});

test("a form from elsewhere is refused, and nothing happens", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const officer = await member(doors, "officer", { javaScriptEnabled: false });
  const key = `elsewhere-${fresh()}`;
  const form = await formAt(officer, "/studio/uses/new", "Create and write the terms", { name: "From elsewhere", key });
  for (const origin of ["https://evil.example", "null", null, demo().web.replace("http:", "https:").replace(/:\d+$/, ":1")]) {
    const reply = await send(officer, "/studio/uses/new", form, origin);
    expect(reply.status(), `Origin ${String(origin)}`).toBeLessThan(500);
    expect(reply.headers()["location"], `Origin ${String(origin)}`).toBeUndefined();
    expect((await officer.request.get(`/studio/uses/${key}/draft`)).status(), `Origin ${String(origin)}`).toBe(404);
  }
  expect((await send(officer, "/studio/uses/new", form)).status(), "the same form from here is taken").toBe(303);
});

test("what is not somebody's own is refused, whoever sends the form", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  const noScript = { javaScriptEnabled: false };
  await test.step("an officer sends an admin's form", async () => {
    const admin = await member(doors, "admin", noScript);
    const officer = await member(doors, "officer", noScript);
    const email = `${fresh()}@kestrel-pine.example`;
    const form = await formAt(admin, "/studio/team", "Invite", { email, role: "admin" });
    const reply = await send(officer, "/studio/team", form);
    expect(reply.status()).toBeLessThan(500);
    await admin.goto("/studio/team");
    await expect(admin.getByText(email)).toHaveCount(0);
  });
  await test.step("a customer sends another's question", async () => {
    const lena = await customer(doors, 1, noScript);
    const amir = await customer(doors, 2, noScript);
    const here = "/me/permissions/trail-and-snow-news";
    const reply = await send(lena, here, await yesAt(amir, here));
    expect(reply.status()).toBeLessThan(500);
    expect(await reply.text()).toContain("too old or not yours");
  });
});

test("a one-time link opens one session, and guessing passwords ends calmly", async ({ staff, stranger }) => {
  const doors = { staff, stranger };
  await test.step("the link", async () => {
    const link = await freshLink(doors, demo().customers[2]?.ref ?? "");
    const page = await stranger({ javaScriptEnabled: false });
    const form = await formAt(page, link, "Continue");
    const replies = await Promise.all(twenty.map(() => send(page, link, form)));
    expect(replies.filter((reply) => reply.status() === 303)).toHaveLength(1);
    expect(replies.every((reply) => reply.status() < 500)).toBe(true);
    const late = await stranger();
    await late.goto(link);
    await expect(late.getByRole("heading", { level: 1, name: "This link was used already" })).toBeVisible();
  });
  await test.step("the passwords", async () => {
    // Counted per account, five in a quarter of an hour: an account that nobody has.
    const page = await stranger();
    await page.goto("/sign-in");
    const email = `guess-${fresh()}@kestrel-pine.example`;
    await page.getByLabel(/^E-mail address/).fill(email);
    for (let attempt = 1; attempt <= 6; attempt++) {
      await page.getByLabel(/^Password/).fill(`wrong password ${attempt}`);
      await press(page, "Sign in");
      await expect(page.getByRole("alert").filter({ hasText: attempt <= 5 ? "do not go together" : "Too many attempts. Try again in" })).toBeFocused();
      await expect(page.getByLabel(/^E-mail address/)).toHaveValue(email);
      await expect(page.getByLabel(/^Password/)).toHaveValue("");
    }
    await checkAccessibility(page);
  });
});
