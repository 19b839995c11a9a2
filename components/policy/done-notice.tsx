import { Notice } from "@/components/ui/notice";

const words: Readonly<Record<string, string>> = {
  saved: "The draft is saved. Nothing of it is public.",
  cited: "The citations are saved.",
  proposed: "The draft waits for approval. Saving it again would take it back.",
  discarded: "The draft is discarded.",
  "import-discarded": "The imported versions are discarded. You can import them again.",
  published: "Published. It is in force, and everybody can read it.",
  scheduled: "Scheduled. Everybody can read it as announced until it comes into force.",
  cancelled: "Called off. It never comes into force.",
};

/** What somebody just did, after the page they were sent to. */
export function DoneNotice({ done }: { done: string | string[] | undefined }) {
  const said = typeof done === "string" ? words[done] : undefined;
  return said ? <div className="mb-6"><Notice tone="success" result>{said}</Notice></div> : null;
}
