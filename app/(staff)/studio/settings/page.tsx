import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { AskingForm } from "@/components/staff/asking-form";
import { EyesSetting } from "@/components/staff/eyes-setting";
import { MemoryForm } from "@/components/staff/memory-form";
import { OrganisationForm } from "@/components/staff/organisation-form";
import { ReaskForm } from "@/components/staff/reask-form";
import { SettingsTabs } from "@/components/staff/settings-tabs";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showSettings } from "@/lib/usecases/show-settings";
import { changeSettingsAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

const results: Readonly<Record<string, string>> = {
  organisation: "Your organisation is saved. Every page shows it from now on.",
  reask: "Who is asked again is saved. It holds for every change of terms published from now on.",
  asking: "How much customers are asked is saved. It holds from the next question on.",
  memory: "The time is saved. It holds for what ends from now on, and for what is frozen already.",
  eyes: "Two pairs of eyes: saved. It holds for everything published from now on.",
};

export default async function SettingsPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const staff = await requireStaff("/studio/settings");
  const settings = await show(showSettings(staff));
  const { done } = await searchParams;
  const result = typeof done === "string" ? results[done] : undefined;
  const form = () => ({ action: changeSettingsAction, requestId: randomUUID(), revision: settings.revision });
  return (
    <>
      <PageHeader title="Settings" description="What your organisation decided about how Handshake works for it. Every change is an entry in the ledger." />
      <SettingsTabs current="/studio/settings" />
      {result ? <div className="mb-6 max-w-3xl"><Notice tone="success" result>{result}</Notice></div> : null}
      <div className="max-w-3xl">
        <Section title="Organisation" description="Customers see it on every page of theirs.">
          <Card padding="lg"><OrganisationForm {...form()} settings={settings} /></Card>
        </Section>
        <Section title="When a data use changes" description="Who is asked again after changed terms are published.">
          <Card padding="lg"><ReaskForm {...form()} reask={settings.reask} /></Card>
        </Section>
        <Section title="How much customers are asked" description="How many questions your website or app may put to one customer. The rest waits, the most important first; nothing waits for good.">
          <Card padding="lg"><AskingForm {...form()} settings={settings} /></Card>
        </Section>
        <Section title="When a permission ends" description="What happens with what was remembered under it. Nobody but the customer can read it from that moment on.">
          <Card padding="lg"><MemoryForm {...form()} days={settings.memoryFreezeDays} /></Card>
        </Section>
        <Section title="Two pairs of eyes" description="Whoever wrote a version does not publish it.">
          <Card padding="lg"><EyesSetting {...form()} on={settings.twoPairsOfEyes} /></Card>
        </Section>
      </div>
    </>
  );
}
