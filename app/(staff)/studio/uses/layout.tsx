import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function UsesLayout({ children }: { children: ReactNode }) {
  return <Studio current="uses">{children}</Studio>;
}
