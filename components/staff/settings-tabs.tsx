import { LinkTabs } from "@/components/ui/link-tabs";

/** The pages of the organisation's settings. */
export function SettingsTabs({ current }: { current: "/studio/settings" | "/studio/keys" | "/studio/webhooks" }) {
  return (
    <div className="mb-8">
      <LinkTabs
        label="Settings"
        current={current}
        tabs={[
          { href: "/studio/settings", label: "Organisation" },
          { href: "/studio/keys", label: "API keys" },
          { href: "/studio/webhooks", label: "Webhooks" },
        ]}
      />
    </div>
  );
}
