import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function ReportsLayout({ children }: { children: ReactNode }) {
  return <Studio current="reports">{children}</Studio>;
}
