import { LinkTabs } from "@/components/ui/link-tabs";

/** The two pages of the organisation's settings. */
export function SettingsTabs({ current }: { current: "/studio/settings" | "/studio/keys" }) {
  return (
    <div className="mb-8">
      <LinkTabs
        label="Settings"
        current={current}
        tabs={[
          { href: "/studio/settings", label: "Organisation" },
          { href: "/studio/keys", label: "API keys" },
        ]}
      />
    </div>
  );
}
