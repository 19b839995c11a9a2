import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { attacks } from "@/lib/text/attacks.fixture";
import { customer, fresh, member, type Doors } from "../support/doors";
import { formAt, send } from "../support/posting";
import { expect, test, type Page } from "../support/browser";
import { demo } from "../support/start-demo";

/** For names, titles and notes, which are text and never anything else. */
const nameAttack = (mark: string): string => `<img src=x onerror=alert(1)><b>${mark}</b>"'\`{{7*7}}`;

/** Written out apart from the sanitiser's own list: what this does not name has no business in a text. */
const inText =
  "abbr blockquote b br caption cite code dd del details dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var a div";

/** Notes whatever a page does that it should not: opens a dialog, asks another host for something, goes elsewhere. */
function watch(page: Page): string[] {
  const deeds: string[] = [];
  const own = new URL(demo().web).host;
  page.on("dialog", (dialog) => {
    deeds.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.host !== own && url.protocol !== "data:") deeds.push(`asked ${request.url()}`);
  });
  page.on("popup", (popup) => deeds.push(`opened ${popup.url()}`));
  return deeds;
}

/** What stands in the page that could do something, or that a policy's text must not bring. */
async function faultsIn(page: Page): Promise<string[]> {
  return page.evaluate((allowed) => {
    const faults: string[] = [];
    const shown = (element: Element) => element.outerHTML.slice(0, 120);
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) faults.push(`handler ${shown(element)}`);
        if (/^(?:href|xlink:href|src|action|formaction|data|poster|background|ping)$/i.test(name) && URL.canParse(value, location.href)) {
          const { protocol } = new URL(value, location.href);
          // React marks the forms that it sends itself so; a text cannot bring a form, which is looked for below.
          if (element instanceof HTMLFormElement && value.startsWith("javascript:throw new Error('A React form was unexpectedly submitted.")) continue;
          if (!["http:", "https:", "mailto:", "tel:"].includes(protocol) && !value.startsWith("data:image/")) faults.push(`address ${shown(element)}`);
        }
      }
    }
    for (const element of document.querySelectorAll("iframe, frame, object, embed, applet, base, math, portal, template[shadowrootmode], img, video, audio, body form[action^='http'], main meta, meta[http-equiv]")) faults.push(`element ${shown(element)}`);
    for (const prose of document.querySelectorAll("main .prose")) {
      for (const element of prose.querySelectorAll("*")) {
        // Around the words of a comparison stand our own sections and icons.
        if (element.closest("svg.lucide") || element.tagName === "SECTION") continue;
        if (!allowed.includes(element.tagName.toLowerCase())) faults.push(`in a text ${shown(element)}`);
        const style = element.getAttribute("style");
        if ((style !== null && !/^padding-inline-start:\s?[\d.]+rem;?$/.test(style)) || element.hasAttribute("autofocus")) faults.push(`styled ${shown(element)}`);
      }
    }
    if (typeof document.cookie !== "string" || typeof document.getElementById !== "function" || !(document.forms instanceof HTMLCollection)) faults.push("the document's own names are taken");
    return faults;
  }, inText.split(" "));
}

/** Opens a page with attacks in it, lets it run, and finds nothing but words. */
async function harmless(page: Page, at: string, deeds: readonly string[]): Promise<void> {
  const response = await page.goto(at, { waitUntil: "networkidle" });
  expect(response?.status(), at).toBe(200);
  expect(await faultsIn(page), at).toEqual([]);
  expect(deeds, at).toEqual([]);
  expect(new URL(page.url()).host, `${at} leads nowhere else`).toBe(new URL(demo().web).host);
}

/** The collection in texts of ten, and what would swallow the rest of its text alone. */
function texts(): string[] {
  const swallowing = /plaintext|<!--|<textarea|<title|<xmp|<noembed|<template|<style|<svg|<math|<frameset|<!DOCTYPE|\[CDATA/i;
  const short = attacks.filter((attack) => attack.length < 1_000 && !attack.includes("\u0000"));
  const alone = short.filter((attack) => swallowing.test(attack));
  const rest = short.filter((attack) => !swallowing.test(attack));
  const groups: string[][] = [];
  for (const [i, attack] of rest.entries()) (groups[Math.floor(i / 10)] ??= []).push(attack);
  for (const [i, attack] of alone.entries()) (groups[Math.ceil(rest.length / 10) + (i % 6)] ??= []).push(attack);
  return groups.map((group, i) => `# Attack ${i + 1}\n\n${group.map((attack, j) => `## Clause ${j + 1}\n\n${attack}`).join("\n\n")}\n\nThe end.\n`);
}

/** Imports them as the history of a policy that asks nothing. */
async function importHistory(officer: Page, key: string, history: readonly string[]): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-attacks-"));
  try {
    const versions = history.map((_, i) => ({ file: `${i + 1}.md`, committedAt: `2020-01-${String(i + 1).padStart(2, "0")}T00:00:00Z`, summary: nameAttack(`note ${i + 1}`) }));
    await Promise.all(history.map((text, i) => writeFile(path.join(folder, `${i + 1}.md`), text)));
    await writeFile(path.join(folder, "history.json"), JSON.stringify({ title: nameAttack("imported"), versions }));
    await officer.goto("/studio/policies/import");
    await officer.getByLabel("A folder", { exact: true }).setInputFiles(folder);
    await officer.getByLabel(/^Short name/).fill(key);
    await officer.getByLabel(/^Who it is for/).selectOption("partners");
    await officer.getByRole("radio", { name: /^Nothing/ }).check();
    await officer.getByRole("button", { name: "Import" }).click();
    await expect(officer.getByRole("status").filter({ hasText: `${history.length} versions imported` })).toBeVisible();
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("the check sees an attack where nothing has been cleaned away", async ({ browser }) => {
  const page = await browser.newPage();
  const deeds = watch(page);
  const body = attacks.filter((attack) => /^<(?:img|a|p|div|svg|b|iframe|video|details|form|object|math) /i.test(attack)).join("\n");
  await page.route(`${demo().web}/**`, (route) => route.fulfill({ contentType: "text/html", body: `<main><div class="prose">${body}</div></main>` }));
  await page.goto(demo().web, { waitUntil: "commit" });
  await expect.poll(() => deeds.length).toBeGreaterThan(0);
  expect((await faultsIn(page)).length).toBeGreaterThan(20);
  await page.close();
});

test("a policy full of attacks is words: in the editor, the studio, and in public", async ({ staff, stranger }) => {
  test.setTimeout(300_000);
  const doors = { staff, stranger };
  const officer = await member(doors, "officer");
  const deeds = watch(officer);
  const key = `attack-${fresh()}`;
  const history = texts();

  await test.step("imported, and published by a second person", async () => {
    await importHistory(officer, key, history);
    expect(await faultsIn(officer)).toEqual([]);
    const approver = await member(doors, "approver");
    const seen = watch(approver);
    await harmless(approver, `/studio/policies/${key}/publish`, seen);
    await approver.getByRole("button", { name: `Publish version ${history.length}` }).click();
    await expect(approver).toHaveURL(/done=published/);
    expect(seen).toEqual([]);
  });

  await test.step("written, with the live preview beside it", async () => {
    await officer.goto(`/studio/policies/${key}`);
    await officer.getByRole("button", { name: "Write a new version" }).click();
    await expect(officer).toHaveURL(/\/draft/);
    for (const text of history) {
      await officer.getByLabel(/^Text/).fill(`${text}\n\nSeen in the preview: ${text.length}`);
      await expect(officer.getByRole("region", { name: /^Preview/ })).toContainText(/Attack \d+/);
      await officer.waitForLoadState("networkidle");
      expect(await faultsIn(officer)).toEqual([]);
    }
    await officer.getByLabel(/^Title/).fill(nameAttack("written"));
    await officer.getByLabel(/^What changed/).fill(nameAttack("changed"));
    await officer.getByRole("button", { name: "Save draft" }).click();
    await expect(officer).toHaveURL(/done=saved/);
    await harmless(officer, `/studio/policies/${key}/draft`, deeds);
    await harmless(officer, `/studio/policies/${key}/draft/citations`, deeds);
    await harmless(officer, `/studio/policies/${key}/draft/publish`, deeds);
  });

  await test.step("in the studio", async () => {
    for (const at of ["/studio", "/studio/policies", `/studio/policies/${key}`, "/studio/ledger", "/studio/reports/policies"]) await harmless(officer, at, deeds);
    for (const [i] of history.entries()) await harmless(officer, `/studio/policies/${key}/versions/${i + 1}`, deeds);
    await harmless(officer, `/studio/policies/${key}/compare?from=1&to=${history.length}`, deeds);
    await harmless(officer, `/studio/policies/${key}/compare?from=2&to=${history.length + 1}&view=side`, deeds);
  });

  await test.step("in public", async () => {
    const reader = await stranger();
    const seen = watch(reader);
    for (const at of ["/policies", `/policies/${key}`]) await harmless(reader, at, seen);
    for (const [i] of history.entries()) await harmless(reader, `/policies/${key}/versions/${i + 1}`, seen);
    for (const [i] of history.slice(1).entries()) await harmless(reader, `/policies/${key}/compare/${i + 1}/${i + 2}`, seen);
    for (const form of ["md", "json"]) {
      const reply = await reader.request.get(`/policies/${key}/versions/1.${form}`);
      expect(reply.headers()["content-type"]).toMatch(/^(?:text\/markdown|application\/json)/);
      expect(reply.headers()["x-content-type-options"]).toBe("nosniff");
    }
  });
});

/** A data use and its prompt with attacks for every word, in force; gives back its key. */
async function publishedUse(doors: Doors): Promise<string> {
  const officer = await member(doors, "officer", { javaScriptEnabled: false });
  const approver = await member(doors, "approver", { javaScriptEnabled: false });
  const key = `attack-${fresh()}`;
  const done = async (page: Page, at: string, form: FormData) => expect((await send(page, at, form)).status(), at).toBe(303);
  await done(officer, "/studio/uses/new", await formAt(officer, "/studio/uses/new", "Create and write the terms", { name: nameAttack("use"), key }));
  const draft = `/studio/uses/${key}/draft`;
  const terms = { "categories[]": "user.contact", purpose: "marketing", benefits: nameAttack("benefit"), changeNote: nameAttack("note"), "recipients[0].name": nameAttack("recipient") };
  await done(officer, draft, await formAt(officer, draft, "Save draft", terms));
  await done(officer, draft, await formAt(officer, draft, "Ask for approval"));
  await done(approver, draft, await formAt(approver, draft, "Publish now"));
  await officer.goto(`/studio/prompts/${key}`);
  await officer.getByRole("button", { name: "Write the prompt" }).click();
  const prompt = `/studio/prompts/${key}/draft`;
  const words = { title: nameAttack("title"), question: nameAttack("question"), benefit: nameAttack("gain"), ifNo: nameAttack("no"), yesLabel: "<b>Yes</b>", noLabel: "<i>No</i>", changeNote: nameAttack("wording") };
  await done(officer, prompt, await formAt(officer, prompt, "Save draft", words));
  await done(officer, prompt, await formAt(officer, prompt, "Ask for approval"));
  await done(approver, prompt, await formAt(approver, prompt, "Publish now"));
  return key;
}

test("names, titles and notes are words wherever they stand", async ({ staff, stranger }) => {
  test.setTimeout(240_000);
  const doors = { staff, stranger };
  const key = await publishedUse(doors);
  const officer = await member(doors, "officer");
  const deeds = watch(officer);
  await officer.goto("/studio/people/new");
  await officer.getByLabel(/^Name/).fill(nameAttack("person"));
  await officer.getByLabel(/^Customer number/).fill(`<script>alert(1)</script>${key}`);
  await officer.getByRole("button", { name: "Add person" }).click();
  await expect(officer.getByRole("heading", { level: 1 })).toContainText(nameAttack("person"));
  const person = new URL(officer.url()).pathname;
  const at = [
    "/studio", "/studio/uses", `/studio/uses/${key}`, `/studio/uses/${key}/versions/1`, `/studio/uses/${key}/compare`, "/studio/prompts", `/studio/prompts/${key}`, `/studio/prompts/${key}/versions/1`,
    "/studio/people", person, "/studio/re-asks", "/studio/reports", `/studio/reports/uses/${key}`, "/studio/ledger", `/studio/ledger?about=use:${key}`, "/studio/uses?q=<script>alert(1)</script>", "/studio/people?older=<svg onload=alert(1)>",
  ];
  for (const one of at) await harmless(officer, one, deeds);

  const amir = await customer(doors, 2);
  const seen = watch(amir);
  for (const one of ["/me/permissions", `/me/permissions/${key}`, "/me", "/me?later=<script>alert(1)</script>", "/me/history"]) await harmless(amir, one, seen);
  await amir.goto(`/me/permissions/${key}`);
  await expect(amir.getByRole("heading", { name: nameAttack("title") })).toBeVisible();
  await amir.getByRole("button", { name: "<i>No</i>" }).click();
  await expect(amir.getByRole("status").first()).toBeVisible();
  await harmless(amir, "/me/history", seen);
});
