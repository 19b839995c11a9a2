import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Webhook } from "lucide-react";
import { SettingsTabs } from "@/components/staff/settings-tabs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { AddWebhookForm } from "@/components/webhook/add-webhook-form";
import { WebhookTable } from "@/components/webhook/webhook-table";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listWebhooks } from "@/lib/usecases/list-webhooks";
import { addWebhookAction } from "./actions";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const staff = await requireStaff("/studio/webhooks");
  const { done } = await searchParams;
  const webhooks = await show(listWebhooks(staff));
  return (
    <>
      <PageHeader title="Webhooks" description="Your systems are told when a customer changes their mind, so that they can follow." />
      <SettingsTabs current="/studio/webhooks" />
      {done === "removed" ? <div className="mb-6"><Notice tone="success" result>The webhook is removed; nothing more is sent to it.</Notice></div> : null}
      <Section title="Who is told">
        {webhooks.length === 0 ? (
          <EmptyState icon={<Webhook />} title="Nobody is told yet">Add the systems that use what customers allow: a newsletter service, a recommender, a warehouse of data.</EmptyState>
        ) : (
          <Card padding="none"><WebhookTable webhooks={webhooks} now={new Date()} /></Card>
        )}
      </Section>
      <Section title="Add a webhook" description="Messages follow Standard Webhooks: signed, each with an id, in order for each customer.">
        <Card padding="lg" className="max-w-3xl"><AddWebhookForm action={addWebhookAction} requestId={randomUUID()} /></Card>
      </Section>
    </>
  );
}
