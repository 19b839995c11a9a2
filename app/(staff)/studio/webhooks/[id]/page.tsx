import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Send } from "lucide-react";
import { ActDialog } from "@/components/staff/act-dialog";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { ChangeWebhookForm } from "@/components/webhook/change-webhook-form";
import { DeliveryTable } from "@/components/webhook/delivery-table";
import { NewSecretForm } from "@/components/webhook/new-secret-form";
import { WebhookState } from "@/components/webhook/webhook-table";
import { deliveriesQuery, webhookId } from "@/lib/contract/webhook";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showWebhook } from "@/lib/usecases/show-webhook";
import { changeWebhookAction, newSecretAction, pauseWebhookAction, removeWebhookAction, replayAction, resumeWebhookAction, testWebhookAction } from "../actions";

type Params = Promise<{ id: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

const load = cache(async (id: string, before: string | undefined, state: string | undefined) => {
  if (!webhookId.safeParse(id).success) notFound();
  return show(showWebhook(await requireStaff(`/studio/webhooks/${id}`), id, deliveriesQuery.parse({ before, state })));
});

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await load((await params).id, undefined, undefined)).webhook.name };
}

const said: Readonly<Record<string, string>> = {
  changed: "The changes are saved; the next message goes out by them.",
  paused: "It is paused. What happens meanwhile is kept and goes out when it is resumed.",
  resumed: "It is told again, beginning with what waited.",
  tested: "A test message is on its way. Reload the page in a moment to see how it went.",
  replayed: "It is on its way again. Reload the page in a moment to see how it went.",
};

export default async function WebhookPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : undefined);
  const { webhook, deliveries, older, state, now } = await load(id, one("before"), one("state"));
  const here = `/studio/webhooks/${id}`;
  const at = (tab: string | null) => (tab === null ? here : `${here}?state=${tab}`);
  const ids = { requestId: randomUUID(), webhook: id };
  const message = said[one("done") ?? ""];
  return (
    <>
      <PageHeader
        eyebrow="Webhook"
        title={webhook.name}
        breadcrumbs={[{ label: "Webhooks", href: "/studio/webhooks" }, { label: webhook.name }]}
        badge={<WebhookState webhook={webhook} now={now} />}
        description={<p className="text-base">Messages go to <Mono>{webhook.url}</Mono>. Added on <Time at={webhook.createdAt} show="date" />.</p>}
        actions={
          <>
            <ActDialog trigger="Send a test" triggerIcon={<Send />} title="Send a test message?" description="It is signed like every other, and says nothing about anybody." confirmLabel="Send a test" action={testWebhookAction} fields={ids} />
            {webhook.pausedAt ? (
              <ActDialog trigger="Resume" title={`Resume “${webhook.name}”?`} description="What waited goes out first, in order." confirmLabel="Resume" action={resumeWebhookAction} fields={ids} />
            ) : (
              <ActDialog trigger="Pause" title={`Pause “${webhook.name}”?`} description="Nothing goes out until it is resumed. What happens meanwhile is kept." confirmLabel="Pause" action={pauseWebhookAction} fields={ids} />
            )}
          </>
        }
      />
      {message ? <div className="mb-8"><Notice tone="success" result>{message}</Notice></div> : null}
      {webhook.failingSince && !webhook.pausedAt ? (
        <div className="mb-8">
          <Notice tone="danger" title="Nothing gets through">
            Every message since <Time at={webhook.failingSince} /> failed. They are kept and tried again, less and less often, for three days each; then they are parked until somebody sends them again.
          </Notice>
        </div>
      ) : null}
      <Section title="Deliveries" description="What it was told. What does not get through is tried again for three days, and then parked until somebody sends it again." actions={webhook.parked > 0 ? <ActDialog trigger="Send all parked again" triggerSize="sm" title="Send everything that is parked again?" description="Each goes out with the id it had, in order for each customer." confirmLabel="Send again" action={replayAction} fields={{ webhook: id }} /> : undefined}>
        <LinkTabs label="Deliveries" current={at(state)} tabs={[{ href: at(null), label: "All" }, { href: at("waiting"), label: "Waiting", count: webhook.waiting }, { href: at("parked"), label: "Parked", count: webhook.parked }]} />
        <div className="mt-4">
          {deliveries.length === 0 ? (
            <EmptyState icon={<Send />} title={state === null ? "Nothing was sent yet" : "Nothing here"}>{state === null ? "What it is told of appears here as soon as it happens." : "That is a good sign."}</EmptyState>
          ) : (
            <Card padding="none"><DeliveryTable webhook={id} deliveries={deliveries} replay={replayAction} now={now} /></Card>
          )}
        </div>
        <CursorPagination {...(one("before") ? { newerHref: at(state) } : {})} {...(older ? { olderHref: `${at(state)}${state === null ? "?" : "&"}before=${older}` } : {})} />
      </Section>
      <Section title="Change it">
        <Card padding="lg" className="max-w-3xl"><ChangeWebhookForm action={changeWebhookAction} requestId={randomUUID()} webhook={webhook} /></Card>
      </Section>
      <Section title="Secret" description="Every message is signed with it, so that the other side knows who sent it.">
        <div className="max-w-3xl space-y-4">
          {webhook.oldSecretUntil && webhook.oldSecretUntil > now ? <p className="text-muted">The secret before signs beside the new one until <Time at={webhook.oldSecretUntil} />.</p> : null}
          <NewSecretForm action={newSecretAction} requestId={randomUUID()} webhook={id} />
        </div>
      </Section>
      <Section title="Remove it" description="Nothing more is sent, and what has not been sent never is. What ended and was passed on to it stays on record.">
        <ActDialog trigger="Remove webhook" triggerVariant="danger-quiet" title={`Remove “${webhook.name}”?`} description="This cannot be undone. Pause it instead if it should go on later." confirmLabel="Remove webhook" tone="danger" action={removeWebhookAction} fields={ids} />
      </Section>
    </>
  );
}
