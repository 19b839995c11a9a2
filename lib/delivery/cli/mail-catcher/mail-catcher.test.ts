import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cutAtLinks, linksIn, mailsKept } from "./caught-mail";
import { startMailCatcher, type MailCatcher } from "./mail-catcher";

let catcher: MailCatcher;
beforeAll(async () => {
  catcher = await startMailCatcher();
});
afterAll(() => catcher.stop());

async function send(message: { to: string; subject: string; text?: string; html?: string }): Promise<void> {
  const transport = createTransport(catcher.smtpUrl);
  await transport.sendMail({ from: '"Fjäll & Söner" <shop@example.com>', ...message });
  transport.close();
}

test("a message sent by SMTP is there to read, its links to follow", async () => {
  await send({ to: "olga@example.com", subject: "Välkommen", text: "Sign in here: https://shop.example/s/abc?x=1&y=2.\n\nUntil soon!" });
  const [mail] = catcher.messages();
  expect(mail).toMatchObject({ from: "Fjäll & Söner <shop@example.com>", to: ["olga@example.com"], subject: "Välkommen", links: ["https://shop.example/s/abc?x=1&y=2"] });

  const list = await (await fetch(catcher.pageUrl)).text();
  expect(list).toContain(`<a href="/mail/${mail?.id}"><strong>Välkommen</strong></a>`);
  const page = await (await fetch(`${catcher.pageUrl}/mail/${mail?.id}`)).text();
  expect(page).toContain('<a href="https://shop.example/s/abc?x=1&amp;y=2">https://shop.example/s/abc?x=1&amp;y=2</a>.');
  expect((await fetch(`${catcher.pageUrl}/mail/none`)).status).toBe(404);
});

test("nothing that a message holds runs on the page", async () => {
  const attack = `<img src=x onerror=alert(1)></title><script>alert(2)</script>`;
  await send({ to: "a@example.com", subject: attack, text: `${attack} javascript:alert(3)`, html: attack });
  const mail = catcher.messages()[0];
  for (const address of [catcher.pageUrl, `${catcher.pageUrl}/mail/${mail?.id}`]) {
    const answer = await fetch(address);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).not.toMatch(/<script|<img|href="javascript/i);
    expect(page).toContain("&lt;script&gt;alert(2)&lt;/script&gt;");
  }
});

test("messages come as JSON, all or one recipient's, to this machine's own names only", async () => {
  await send({ to: "Only.One@example.com", subject: "for one", text: "-" });
  const all: unknown = await (await fetch(`${catcher.pageUrl}/messages`)).json();
  expect(all).toEqual(catcher.messages());
  const one: unknown = await (await fetch(`${catcher.pageUrl}/messages?to=only.one@example.com`)).json();
  expect(one).toMatchObject([{ subject: "for one" }]);
  // fetch does not let a page choose its Host; a name that points here arrives as itself.
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => request(`${catcher.pageUrl}/messages`, { headers: { host: "evil.example" } }, (answer) => resolve(answer.statusCode)).end());
  expect(status).toBe(421);
});

test("only the newest messages are kept, and one that is too large is refused", async () => {
  const transport = createTransport({ url: catcher.smtpUrl, pool: true });
  for (let count = 0; count <= mailsKept; count += 1) {
    await transport.sendMail({ from: "a@example.com", to: "b@example.com", subject: `number ${count}`, text: "-" });
  }
  await expect(transport.sendMail({ from: "a@example.com", to: "b@example.com", subject: "large", text: "x".repeat(2_100_000) })).rejects.toThrow(/552|size/i);
  transport.close();
  expect(catcher.messages()).toHaveLength(mailsKept);
  expect(catcher.messages()[0]?.subject).toBe(`number ${mailsKept}`);
});

test.each([
  ["See https://a.example/x.", ["https://a.example/x"]],
  ["(https://a.example/x) and <http://b.example>, https://a.example/x", ["https://a.example/x", "http://b.example"]],
  ["https://a.example/?q=1,2;3#f!", ["https://a.example/?q=1,2;3#f"]],
  ["no address; ftp://a.example mailto:a@b.example", []],
])("the links of %j are found, and cutting there loses nothing", (text, links) => {
  expect(linksIn(text)).toEqual(links);
  expect(cutAtLinks(text).join("")).toBe(text);
});
