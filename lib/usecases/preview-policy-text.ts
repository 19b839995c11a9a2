import type { TextPreview } from "@/lib/contract/policy-views";
import type { Actor } from "@/lib/domain/actor";
import { renderMarkdown } from "@/lib/text/render-markdown";
import { authorise } from "@/lib/usecases/authorise";

/** A text exactly as it will be published, without keeping it. */
export function previewPolicyText(actor: Actor, input: { markdown: string }): TextPreview {
  authorise(actor, "policy.write");
  const { html, clauses } = renderMarkdown(input.markdown);
  return { html, clauses: clauses.map(({ id, heading }) => ({ id, heading })) };
}
