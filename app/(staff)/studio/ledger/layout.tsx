import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function LedgerLayout({ children }: { children: ReactNode }) {
  return <Studio current="ledger">{children}</Studio>;
}
