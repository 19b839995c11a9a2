import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function TeamLayout({ children }: { children: ReactNode }) {
  return <Studio current="team">{children}</Studio>;
}
