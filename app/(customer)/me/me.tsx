import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { CustomerFrame } from "@/components/shell/customer-frame";
import { Button } from "@/components/ui/button";
import { requirePerson } from "@/lib/delivery/web/page";
import { showMyFrame } from "@/lib/usecases/show-my-frame";
import { signOutAction } from "./actions";

export type Place = "questions" | "permissions" | "memory" | "policies" | "history";

/** One person's room around their pages, for whoever opened their link. */
export async function Me({ current, children }: { current: Place; children: ReactNode }) {
  const { organisation, name, due } = await showMyFrame(await requirePerson());
  return (
    <CustomerFrame
      organisation={organisation}
      person={name === null ? undefined : { name }}
      current={current}
      places={[
        { key: "questions", href: "/me", label: "Questions", count: due },
        { key: "permissions", href: "/me/permissions", label: "Permissions" },
        { key: "memory", href: "/me/memory", label: "Remembered" },
        { key: "policies", href: "/me/policies", label: "Policies" },
        { key: "history", href: "/me/history", label: "History" },
      ]}
      signOut={
        <form action={signOutAction}>
          <Button type="submit" variant="quiet" size="sm" icon={<LogOut />}>Sign out</Button>
        </form>
      }
    >
      {children}
    </CustomerFrame>
  );
}
