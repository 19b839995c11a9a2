import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { type Tone, toneClass, toneText } from "./tone";
import { VisuallyHidden } from "./visually-hidden";

export type NoticeTone = "info" | "success" | "warning" | "danger";

const looks: Record<NoticeTone, { tone: Tone; icon: ReactNode; word: string }> = {
  info: { tone: "note", icon: <Info />, word: "Note" },
  success: { tone: "good", icon: <CircleCheck />, word: "Done" },
  warning: { tone: "warn", icon: <TriangleAlert />, word: "Careful" },
  danger: { tone: "bad", icon: <OctagonAlert />, word: "Problem" },
};

export interface NoticeProps {
  tone?: NoticeTone | undefined;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** It is the result of what somebody just did: announced (role=status, an alert for danger). */
  result?: boolean | undefined;
  id?: string | undefined;
}

/** Something to know before going on, or what came of what was just done. */
export function Notice({ tone = "info", title, children, actions, result, id }: NoticeProps) {
  const look = looks[tone];
  return (
    <div
      {...(id ? { id } : {})}
      {...(result ? { role: tone === "danger" ? "alert" : "status" } : {})}
      className={classNames("flex gap-3 rounded-lg border p-4 text-ink", toneClass[look.tone])}
    >
      <Icon className={classNames("mt-[0.19rem] self-start", toneText[look.tone])}>{look.icon}</Icon>
      <div className="min-w-0 flex-1 text-ink">
        <VisuallyHidden>{look.word}: </VisuallyHidden>
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={classNames("text-base", title ? "mt-0.5 text-muted" : null)}>{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
