import { Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ConfirmForm } from "@/components/policy/confirm-form";
import { DoneNotice } from "@/components/policy/done-notice";
import { DraftEditor } from "@/components/policy/draft-editor";
import { DraftTabs } from "@/components/policy/draft-tabs";
import { StandingBadge } from "@/components/policy/standing-badge";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { locale } from "@/lib/contract/text";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { previewPolicyText } from "@/lib/usecases/preview-policy-text";
import { readPolicyDraft } from "@/lib/usecases/read-policy-draft";
import { discardDraftAction, previewAction, saveDraftAction } from "../../actions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ add?: string | string[]; without?: string | string[]; done?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => {
  const here = `/studio/policies/${key}/draft`;
  const staff = await requireStaff(here);
  if (!may(staff, "policy.write")) redirect(`${here}/publish`);
  return { here, staff, page: await show(readPolicyDraft(staff, { key })) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await load((await params).key)).page.policy.title}: draft` };
}

export default async function DraftPage({ params, searchParams }: Props) {
  const [{ key }, query] = [await params, await searchParams];
  const { here, staff, page } = await load(key);
  const { policy, draft, texts, broken } = page;
  const added = locale.safeParse(query.add).data;
  const kept = texts.filter((text) => texts.length === 1 || text.locale !== query.without);
  const shown = added && !kept.some((text) => text.locale === added) ? [...kept, { locale: added, title: "", markdown: "" }] : kept;
  const previews = Object.fromEntries(shown.map((text) => [text.locale, previewPolicyText(staff, { markdown: text.markdown }).html]));
  return (
    <>
      <PageHeader
        eyebrow={policy.title}
        title={`Writing version ${draft.number}`}
        badge={<StandingBadge standing={draft.standing} />}
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title, href: `/studio/policies/${key}` }, { label: "Draft" }]}
        actions={
          <ConfirmForm
            action={discardDraftAction}
            fields={{ key, draft: draft.draft, revision: String(draft.revision) }}
            label="Discard draft"
            icon={<Trash2 />}
            title="Discard this draft?"
            description="What was written in it is gone for good. Published versions are not touched."
            confirmLabel="Discard the draft"
          />
        }
      />
      <DoneNotice done={query.done} />
      <DraftTabs policy={key} current="text" canWrite />
      {draft.proposedAt ? <div className="mb-6"><Notice tone="info">This draft waits for approval. Saving it takes it back, and you ask again when you are done.</Notice></div> : null}
      {broken.length > 0 ? (
        <div className="mb-6">
          <Notice tone="warning" title="A citation has lost its clause">
            Some headings were changed. <a className="underline underline-offset-4" href={`${here}/citations`}>Settle the citations</a> before you ask for approval.
          </Notice>
        </div>
      ) : null}
      <DraftEditor
        key={`${draft.revision} ${shown.map((text) => text.locale).join(" ")}`}
        action={saveDraftAction}
        preview={previewAction}
        policy={key}
        draft={draft.draft}
        revision={draft.revision}
        texts={shown}
        previews={previews}
        changeNote={draft.changeNote}
        asking={draft.editorial ? "editorial" : "ask"}
        here={here}
        asksNothing={policy.asks === "nothing"}
        first={draft.replaces === null}
      />
    </>
  );
}
