import type { Mail } from "@/lib/data/outbox";
import { linkMinutes } from "@/lib/data/person-links";

type Letter = { readonly to: string; readonly name: string | null; readonly organisation: string; readonly link: string };

const hello = (name: string | null): string => (name === null ? "Hello," : `Hello ${name},`);

/** What somebody gets who asked for their link. */
export function linkLetter({ to, name, organisation, link }: Letter): Mail {
  return {
    to,
    subject: `Your page at ${organisation}`,
    text: [
      hello(name),
      `here is your link to see and change what ${organisation} may do with your data:`,
      link,
      `It works once, within ${linkMinutes.mail} minutes.`,
      "If you did not ask for it, you need not do anything. Nothing changes.",
    ].join("\n\n"),
  };
}

/** What somebody gets whom staff invite. */
export function invitationLetter({ to, name, organisation, link }: Letter): Mail {
  return {
    to,
    subject: `${organisation} has a question for you`,
    text: [
      hello(name),
      `${organisation} would like to ask what may be done with your data. A no is as good as a yes, and you can change your mind at any time.`,
      "This link opens your own page:",
      link,
      `It works once, within ${linkMinutes.invitation / (24 * 60)} days. After that you can ask for a new one on the same page.`,
    ].join("\n\n"),
  };
}
