import type { ReceiptFormat, ReceiptView } from "@/lib/contract/receipt";
import { stateWords } from "./words";

const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** What an answer means by now, to whom it belongs. */
export function meaningWords({ now, answer, keeps, version, expiresAt, once, imported }: Pick<ReceiptView, "now" | "answer" | "keeps" | "version" | "expiresAt" | "once" | "imported">): string {
  switch (now.kind) {
    case "gone":
      return "There is no such question any more, so nothing rests on this answer.";
    case "replaced":
      return `You answered again on ${longDate.format(now.at)}: “${stateWords[now.answer]}”. That answer counts now; this one is kept as it was.`;
    case "policy":
      if (now.waits) return `This is your last answer, and it is about version ${version}. Version ${now.liveVersion} is in force and waits for you.`;
      return answer === "refused" ? "This is your last answer, and it stands. Your permissions stay as they are." : "This is your last answer, and it stands.";
    case "permission":
      if (now.reason === "not-required") return "No permission is needed for this today, so it may be done with your data.";
      if (answer === "kept") {
        const changed = now.changed ? " What is asked has changed since, and waits for your answer." : "";
        return now.allowed ? "This may be done with your data, since it is again what you agreed to." : `What you agreed to with version ${keeps} stands. What version ${version} added is not done with your data.${changed}`;
      }
      if (answer !== "granted") return `This is not done with your data.${now.changed ? " What is asked has changed since; your no stands until you answer anew." : " Your no stands until you change it yourself."}`;
      if (now.reason === "expired") return once ? "Your yes was for one time, or has run out, so this is no longer done with your data." : "Your yes has run out, so this is no longer done with your data.";
      if (now.reason === "objected") return "Your browser asks us not to sell or share your data, so this is not done with it. You can permit it all the same.";
      if (!now.allowed) return `Your yes holds for version ${version} only. Version ${now.liveVersion} asks for something else, and waits for your answer.`;
      return `This may be done with your data, ${imported ? "under the terms it was recorded for" : "in the way it was asked"} and in no other${expiresAt === null ? "" : `, until ${longDate.format(expiresAt)}`}${once ? ", and one time only" : ""}.`;
  }
}

/** What the person can do about it, and on which page of theirs. */
export function changeOfMind({ now, kind, answer, key }: Pick<ReceiptView, "now" | "kind" | "answer" | "key">): { readonly words: string; readonly label: string; readonly path: string } {
  const permissions = { label: "Your permissions", path: "/me/permissions" };
  if (kind === "policy") return { words: "You can answer again at any time. Nothing is lost by it.", label: "Your policies", path: `/me/policies/${key}` };
  if (now.kind === "permission" && now.basis === "legitimate-interests" && answer !== "objected") {
    return { ...permissions, words: "You can object at any time, with one press. From that moment this is not done with your data." };
  }
  if (now.kind === "permission" && (answer === "granted" || answer === "kept")) {
    return { ...permissions, words: "You can withdraw this at any time: open your permissions and press Withdraw. It is one press, it costs you nothing, and it holds from that moment." };
  }
  return { ...permissions, words: "You can change your answer at any time." };
}

/** What the downloads are called. */
export const formatWords: { readonly [F in ReceiptFormat]: { readonly label: string; readonly hint: string } } = {
  json: { label: "Receipt file", hint: "Everything that is needed to check your answer" },
  jsonld: { label: "ISO/IEC TS 27560", hint: "For programs that read consent receipts (JSON-LD)" },
  kantara: { label: "Kantara v1.1", hint: "For programs that read the older form" },
};
