import { connection } from "next/server";
import type { ReactNode } from "react";
import { PublicFrame } from "@/components/shell/public-frame";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { publicLinks } from "../links";

export default async function DevelopersLayout({ children }: { children: ReactNode }) {
  // Made anew for each request: where the gateway is found is the running house's, not the builder's.
  await connection();
  const { name } = await showOrganisation();
  return <PublicFrame organisation={name} wide links={publicLinks}>{children}</PublicFrame>;
}
