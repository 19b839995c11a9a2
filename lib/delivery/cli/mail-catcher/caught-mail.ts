import { randomUUID } from "node:crypto";
import PostalMime, { type Address } from "postal-mime";

/** One message as it was caught. `links` are the http(s) addresses in its text, in order, each once. */
export type CaughtMail = {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  /** Envelope recipients: who would have got it, whatever the message says. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The HTML part as source; it is shown as text and never run. */
  readonly html: string | null;
  readonly links: readonly string[];
};

/** How many messages are kept; the oldest goes when another comes. */
export const mailsKept = 200;

/** Parses a raw message (RFC 5322). Attachments are dropped. */
export async function readMail(raw: Buffer, envelope: { from: string; to: readonly string[] }): Promise<CaughtMail> {
  const parsed = await PostalMime.parse(raw);
  const text = parsed.text ?? "";
  const html = parsed.html ?? null;
  return {
    id: randomUUID(),
    receivedAt: new Date().toISOString(),
    from: parsed.from === undefined ? envelope.from : written(parsed.from),
    to: envelope.to,
    subject: parsed.subject ?? "(no subject)",
    text,
    html,
    links: linksIn(text === "" ? (html ?? "") : text),
  };
}

/** An http(s) address inside running text. What closes a sentence or a bracket after it is not part of it. */
const address = /https?:\/\/[^\s<>"']+?(?=[.,;:!?)\]]*(?:[\s<>"']|$))/g;

export function linksIn(text: string): readonly string[] {
  return [...new Set(text.match(address) ?? [])];
}

/** Cuts a text into pieces, every second one a link. */
export function cutAtLinks(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    pieces.push(text.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}

function written({ name, address: mailbox }: Address): string {
  return name === "" || name === undefined ? (mailbox ?? "") : `${name} <${mailbox ?? ""}>`;
}
