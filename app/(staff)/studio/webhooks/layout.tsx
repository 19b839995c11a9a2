import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function WebhooksLayout({ children }: { children: ReactNode }) {
  return <Studio current="settings">{children}</Studio>;
}
