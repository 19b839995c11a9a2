import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { KeyRound } from "lucide-react";
import { ApiKeysTable } from "@/components/staff/api-keys-table";
import { CreateKeyForm } from "@/components/staff/create-key-form";
import { KeysBeingReplaced } from "@/components/staff/replace-key";
import { SettingsTabs } from "@/components/staff/settings-tabs";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { afterId } from "@/lib/contract/staff";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listApiKeys } from "@/lib/usecases/list-api-keys";
import { createKeyAction, replaceKeyAction, revokeKeyAction } from "./actions";

export const metadata: Metadata = { title: "API keys" };

type Query = Promise<{ after?: string | string[]; done?: string | string[]; act?: string | string[] }>;

export default async function KeysPage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/keys");
  const query = await searchParams;
  // What was shown once is not shown beside what took it back.
  const fresh = String(query.act);
  const after = afterId.parse(query.after);
  const { keys, next, now } = await show(listApiKeys(staff, { after }));
  return (
    <>
      <PageHeader title="API keys" description="Your shop, app or website asks and decides through the gateway, and shows one of these keys each time." actions={<TextLink href="/developers">For developers</TextLink>} />
      <SettingsTabs current="/studio/keys" />
      {query.done === "revoked" ? <div className="mb-6"><Notice tone="success" result>The key is revoked; the gateway refuses it from now on.</Notice></div> : null}
      <Section title="Keys">
        {keys.length === 0 ? (
          <EmptyState icon={<KeyRound />} title="No keys yet">Make one for each program, so that you can end one without the others.</EmptyState>
        ) : (
          <KeysBeingReplaced key={fresh} action={replaceKeyAction}>
            <Card padding="none"><ApiKeysTable keys={keys} revoke={revokeKeyAction} requestIds={keys.map(() => ({ replace: randomUUID(), revoke: randomUUID() }))} now={now} /></Card>
          </KeysBeingReplaced>
        )}
        <CursorPagination {...(after ? { newerHref: "/studio/keys" } : {})} {...(next ? { olderHref: `/studio/keys?after=${next}` } : {})} />
      </Section>
      <Section title="Make a key" description="It is shown once. A server keeps it with its secrets.">
        <Card padding="lg" className="max-w-3xl"><CreateKeyForm key={fresh} action={createKeyAction} requestId={randomUUID()} /></Card>
      </Section>
    </>
  );
}
