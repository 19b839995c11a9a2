import { BadgeCheck, Link2, PencilLine } from "lucide-react";
import { LinkTabs } from "@/components/ui/link-tabs";

/** The three steps of a draft. */
export function DraftTabs({ policy, current, canWrite }: { policy: string; current: "text" | "citations" | "publish"; canWrite: boolean }) {
  const here = `/studio/policies/${policy}/draft`;
  const addresses = { text: here, citations: `${here}/citations`, publish: `${here}/publish` };
  return (
    <LinkTabs
      label="Steps of the draft"
      current={addresses[current]}
      tabs={[
        ...(canWrite ? [{ href: addresses.text, label: "Text", icon: <PencilLine /> }, { href: addresses.citations, label: "Citations", icon: <Link2 /> }] : []),
        { href: addresses.publish, label: "Review and publish", icon: <BadgeCheck /> },
      ]}
    />
  );
}
