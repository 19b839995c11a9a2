import type { PermissionView, PolicyStandingView } from "@/lib/contract/permission";
import type { QuestionReason } from "@/lib/contract/question";

/** What a state is called to the person whose it is. */
export const stateWords: { readonly [S in PermissionView["state"] | PolicyStandingView["state"] | "kept"]: string } = {
  granted: "You said yes",
  kept: "You kept what you agreed to",
  refused: "You said no",
  withdrawn: "You withdrew this",
  objected: "You objected",
  "never-asked": "Not asked yet",
  accepted: "You accepted it",
  acknowledged: "You read it",
};

/** Why somebody is asked, above the question. */
export const reasonWords: { readonly [R in QuestionReason]: string } = {
  "never-asked": "A new question",
  "use-changed": "This has changed",
  "new-version": "There is a new version",
  expired: "Your answer has run out",
  "your-choice": "Your answer, once more",
};

/** How somebody came when they answered. */
export function channelWords(channel: string): string {
  const words: Readonly<Record<string, string>> = {
    mail: "through a link by e-mail",
    invitation: "through an invitation by e-mail",
    staff: "through a link from our staff",
    gpc: "by a signal of your browser (Global Privacy Control)",
    host: "through a link on our site",
    api: "on our site or in our app",
    import: "brought in from elsewhere",
  };
  return words[channel] ?? `through ${channel}`;
}

/** What came of an answer, to the person who gave it. */
export function answeredWords(title: string, answer: string): string {
  switch (answer) {
    case "granted":
      return `Thank you. You said yes to “${title}”.`;
    case "kept":
      return `Noted. What you agreed to for “${title}” stays, and nothing beyond it.`;
    case "refused":
      return `Noted. You said no to “${title}”, and that stays so.`;
    case "accepted":
      return `Noted. You accept “${title}”.`;
    case "acknowledged":
      return `Thank you. We noted that you have read “${title}”.`;
    case "withdrawn":
      return `You withdrew “${title}”.`;
    case "objected":
      return `You objected to “${title}”.`;
    default:
      return `Your answer about “${title}” is noted.`;
  }
}
