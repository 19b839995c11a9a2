import { Eye, EyeOff } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { ActDialog } from "./act-dialog";
import type { SettingsFormProps } from "./settings-form";

/** Whether authors may publish what they wrote themselves; switching it off says what is lost. */
export function EyesSetting({ action, requestId, revision, on }: SettingsFormProps & { on: boolean }) {
  const fields = { part: "eyes", requestId, revision, twoPairsOfEyes: on ? "off" : "on" };
  return (
    <div className="space-y-4">
      <div>{on ? <Badge tone="good" icon={<Eye />}>On</Badge> : <Badge tone="warn" icon={<EyeOff />}>Off</Badge>}</div>
      <p className="text-muted">
        {on
          ? "Every data use, policy and prompt is read by somebody else before it reaches customers."
          : "Authors can publish their own versions. Each version published this way says so, in its history and in the ledger."}
      </p>
      {on ? (
        <ActDialog
          trigger="Switch off"
          triggerIcon={<EyeOff />}
          title="Let authors publish their own versions?"
          description="This is meant for organisations of one person. Nobody then checks a text or the terms before customers are asked, and a mistake reaches all of them at once. The ledger keeps that you switched it off, and each version published meanwhile says so for good."
          confirmLabel="Switch off"
          tone="danger"
          action={action}
          fields={fields}
        />
      ) : (
        <ActDialog
          trigger="Switch on"
          triggerVariant="primary"
          triggerIcon={<Eye />}
          title="Ask for two pairs of eyes?"
          description="From now on somebody who did not write a version has to publish it. Versions published before stay as they are."
          confirmLabel="Switch on"
          action={action}
          fields={fields}
        />
      )}
    </div>
  );
}
