import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function ReAsksLayout({ children }: { children: ReactNode }) {
  return <Studio current="re-asks">{children}</Studio>;
}
