import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function PeopleLayout({ children }: { children: ReactNode }) {
  return <Studio current="people">{children}</Studio>;
}
