import { createTransport } from "nodemailer";
import type { Mail } from "@/lib/data/outbox";

export type Mailer = { send(mail: Mail): Promise<void>; close(): void };

/**
 * Sends through one SMTP server, `smtp://user:password@host:port` or `smtps://…`, over few kept connections. Mail never
 * makes it read files or fetch addresses.
 */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(
    { url: smtpUrl, pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 },
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    async send(mail) {
      await transport.sendMail({ to: { name: "", address: mail.to }, subject: mail.subject, text: mail.text, ...(mail.html ? { html: mail.html } : {}) });
    },
    close: () => transport.close(),
  };
}
