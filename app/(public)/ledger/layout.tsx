import { connection } from "next/server";
import type { ReactNode } from "react";
import { PublicFrame } from "@/components/shell/public-frame";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { publicLinks } from "../links";

export default async function PublicLedgerLayout({ children }: { children: ReactNode }) {
  // Made anew for each request: the ledger grows by itself.
  await connection();
  const { name } = await showOrganisation();
  return <PublicFrame organisation={name} links={publicLinks}>{children}</PublicFrame>;
}
