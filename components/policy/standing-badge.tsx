import { PackageOpen, XCircle } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import type { PolicyStanding } from "@/lib/contract/policy-views";

/** How a version stands, in colour, icon and word. */
export function StandingBadge({ standing, size }: { standing: PolicyStanding; size?: "sm" | "md" | undefined }) {
  switch (standing) {
    case "in-force":
      return <StatusBadge status="live" size={size} />;
    case "imported":
      return <Badge tone="warn" icon={<PackageOpen />} size={size}>Imported, not public</Badge>;
    case "cancelled":
      return <Badge tone="neutral" icon={<XCircle />} size={size}>Called off</Badge>;
    case "draft":
    case "waiting":
    case "scheduled":
    case "superseded":
      return <StatusBadge status={standing} size={size} />;
  }
}
