import type { PromptPart } from "@/lib/contract/prompt";

/** What each part of a wording is called. */
export const partLabels: { readonly [P in PromptPart]: string } = {
  title: "Title",
  question: "Question",
  benefit: "What they get",
  ifNo: "What happens on no",
  yesLabel: "Yes button",
  noLabel: "No button",
};
