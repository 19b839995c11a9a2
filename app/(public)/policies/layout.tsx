import { connection } from "next/server";
import type { ReactNode } from "react";
import { SignalHonoured } from "@/components/policy/signal-honoured";
import { PublicFrame } from "@/components/shell/public-frame";
import { browserSignals } from "@/lib/delivery/web/session";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { publicLinks } from "../links";

export default async function PublicPoliciesLayout({ children }: { children: ReactNode }) {
  // Made anew for each request: what is in force changes by itself.
  await connection();
  const [{ name }, signalled] = await Promise.all([showOrganisation(), browserSignals()]);
  return (
    <PublicFrame organisation={name} wide links={publicLinks}>
      {signalled ? <SignalHonoured organisation={name} /> : null}
      {children}
    </PublicFrame>
  );
}
