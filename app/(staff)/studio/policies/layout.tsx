import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function PoliciesLayout({ children }: { children: ReactNode }) {
  return <Studio current="policies">{children}</Studio>;
}
