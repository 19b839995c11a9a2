import type { ReactNode } from "react";
import { Studio } from "../studio";

export default function PromptsLayout({ children }: { children: ReactNode }) {
  return <Studio current="prompts">{children}</Studio>;
}
