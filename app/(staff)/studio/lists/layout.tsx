import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function ListsLayout({ children }: { children: ReactNode }) {
  return <Studio current="lists">{children}</Studio>;
}
