import type { ReactNode } from "react";
import { LogOut } from "lucide-react";
import { StudioFrame, type StudioFrameProps } from "@/components/shell/studio-frame";
import { studioGroups } from "@/components/shell/studio-sections";
import { roleWords } from "@/components/staff/role-words";
import { Button } from "@/components/ui/button";
import { requireStaff } from "@/lib/delivery/web/page";
import { requestPath } from "@/lib/delivery/web/session";
import { may } from "@/lib/domain/roles";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { signOutAction } from "../sign-in/actions";

/** The staff's room around a section's pages, for whoever is signed in; the pages ask for themselves who may see what. */
export async function Studio({ current, children }: { current: StudioFrameProps["current"]; children: ReactNode }) {
  const [staff, { name }] = await Promise.all([requestPath().then(requireStaff), showOrganisation()]);
  const places = studioGroups.flatMap((group) => group.places.map((place) => place.key));
  const sections = places.filter((key) => {
    if (key === "team") return may(staff, "team.manage");
    if (key === "settings") return may(staff, "settings.manage");
    if (key === "lists") return may(staff, "list.cleanse");
    return true;
  });
  return (
    <StudioFrame
      organisation={name}
      person={{ name: staff.name, role: roleWords[staff.role].name }}
      current={current}
      sections={sections}
      signOut={
        <form action={signOutAction}>
          <Button type="submit" variant="quiet" size="sm" icon={<LogOut />}>Sign out</Button>
        </form>
      }
    >
      {children}
    </StudioFrame>
  );
}
