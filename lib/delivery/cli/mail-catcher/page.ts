import { cutAtLinks, type CaughtMail } from "./caught-mail";

/** Nothing but our own style runs or loads on these pages, whatever a message holds. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The list of messages, newest first. */
export function listPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mail/${mail.id}"><strong>${escape(mail.subject)}</strong></a>
      <span>to ${escape(mail.to.join(", "))}, <time datetime="${mail.receivedAt}">${mail.receivedAt.slice(11, 19)} UTC</time></span></li>`,
  );
  const body = rows.length === 0 ? "<p>No message yet. Everything the demo sends arrives here and goes nowhere else.</p>" : `<ul>${rows.join("")}</ul>`;
  return page("Caught mail", `<h1>Caught mail</h1>${body}`);
}

/** One message: its text with links to follow, and its HTML as source. */
export function mailPage(mail: CaughtMail): string {
  const text = cutAtLinks(mail.text).map((piece, at) => (at % 2 === 0 ? escape(piece) : `<a href="${escape(piece)}">${escape(piece)}</a>`));
  const html = mail.html === null ? "" : `<details><summary>HTML part, as source</summary><pre>${escape(mail.html)}</pre></details>`;
  return page(
    mail.subject,
    `<p><a href="/">All caught mail</a></p><h1>${escape(mail.subject)}</h1>
    <p>From ${escape(mail.from)}<br>To ${escape(mail.to.join(", "))}<br><time datetime="${mail.receivedAt}">${escape(mail.receivedAt)}</time></p>
    <pre>${text.join("")}</pre>${html}`,
  );
}

export function escape(text: string): string {
  const written: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => written[sign] ?? sign);
}

const style = `
  :root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif; }
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; }
  ul { list-style: none; padding: 0; }
  li { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .75rem 0; }
  li span { display: block; opacity: .75; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
  details pre { font: .85rem/1.5 ui-monospace, monospace; }`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}
