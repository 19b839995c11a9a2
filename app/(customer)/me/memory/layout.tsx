import type { ReactNode } from "react";
import { Me } from "../me";

export default function Layout({ children }: { children: ReactNode }) {
  return <Me current="memory">{children}</Me>;
}
