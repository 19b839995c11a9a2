import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { mailsKept, readMail, type CaughtMail } from "./caught-mail";
import { listPage, mailPage, pageHeaders } from "./page";

/** The largest message taken, in bytes. */
const largest = 2_000_000;

export type MailCatcher = {
  /** For SMTP_URL. */
  readonly smtpUrl: string;
  /** The page that shows what was caught; `/messages` is the same as JSON, `/messages?to=…` one recipient's. */
  readonly pageUrl: string;
  /** What was caught, newest first. */
  messages(): readonly CaughtMail[];
  stop(): Promise<void>;
};

/**
 * Starts a mail server that sends nothing on, and a page to read what it took; both on the loopback address, kept in
 * memory only.
 * @param ports 0 (and left out) lets the system choose
 */
export async function startMailCatcher({ smtpPort = 0, pagePort = 0 }: { smtpPort?: number; pagePort?: number } = {}): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    size: largest,
    logger: false,
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      take(stream, session).then(
        (mail) => {
          caught.unshift(mail);
          caught.splice(mailsKept);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  smtp.on("error", () => undefined);
  const pages = createServer((request, response) => answer(request, response, caught));
  await listen((done) => smtp.listen(smtpPort, "127.0.0.1", done), smtp.server);
  await listen((done) => pages.listen(pagePort, "127.0.0.1", done), pages);
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}`,
    pageUrl: `http://localhost:${portOf(pages)}`,
    messages: () => [...caught],
    stop: async () => {
      pages.closeAllConnections();
      await Promise.all([new Promise((resolve) => pages.close(resolve)), new Promise<void>((resolve) => smtp.close(resolve))]);
    },
  };
}

async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<CaughtMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
  if (stream.sizeExceeded) throw Object.assign(new Error("The message is too large"), { responseCode: 552 });
  const { mailFrom, rcptTo } = session.envelope;
  return readMail(Buffer.concat(chunks), { from: mailFrom === false ? "" : mailFrom.address, to: rcptTo.map(({ address }) => address) });
}

function answer(request: IncomingMessage, response: ServerResponse, caught: readonly CaughtMail[]): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  // The messages hold sign-in links: a page from elsewhere that had its name point here must not read them.
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? "")) return send(response, 421, "text/plain", "Not for this name.");
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "Only to be read.");
  if (url.pathname === "/messages") {
    const to = url.searchParams.get("to")?.toLowerCase();
    const wanted = to === undefined ? caught : caught.filter((mail) => mail.to.some((recipient) => recipient.toLowerCase() === to));
    return send(response, 200, "application/json", JSON.stringify(wanted));
  }
  if (url.pathname === "/") return sendPage(response, 200, listPage(caught));
  const mail = caught.find(({ id }) => url.pathname === `/mail/${id}`);
  return mail === undefined ? send(response, 404, "text/plain", "No such message.") : sendPage(response, 200, mailPage(mail));
}

function sendPage(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, pageHeaders).end(body);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", "x-content-type-options": "nosniff" }).end(body);
}

function listen(begin: (done: () => void) => unknown, server: NetServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    begin(() => {
      server.off("error", reject);
      resolve();
    });
  });
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
