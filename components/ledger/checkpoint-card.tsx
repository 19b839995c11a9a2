import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { Time } from "@/components/ui/time";
import type { Checkpoint } from "@/lib/contract/ledger";

/** The newest signed checkpoint: what somebody outside needs to hold this ledger to its word. */
export function CheckpointCard({ checkpoint, verifierKey }: { checkpoint: Checkpoint; verifierKey: string }) {
  return (
    <Card>
      <KeyValues
        layout="grid"
        items={[
          { label: "Entries", value: <span className="tabular">{checkpoint.size.toLocaleString("en-GB")}</span> },
          { label: "Signed", value: <Time at={checkpoint.signedAt} /> },
          { label: "Fingerprint of them all", value: <Mono truncate>{checkpoint.root}</Mono> },
        ]}
      />
      <div className="mt-4">
        <Disclosure summary="Show the signed checkpoint">
          <p className="measure text-sm text-muted">
            Whoever keeps a copy of this note can later prove that nothing up to it was changed or left out. It is a C2SP checkpoint, and verifies under the key below.
          </p>
          <Block label="Signed note" text={checkpoint.note} />
          <Block label="Verifier key" text={verifierKey} />
        </Disclosure>
      </div>
    </Card>
  );
}

/** Text for machines, whole and to be copied. */
export function Block({ label, text }: { label: string; text: string }) {
  return (
    <div className="mt-4">
      <div className="mb-1.5 flex items-center justify-between gap-4">
        <p className="text-sm font-medium text-ink">{label}</p>
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto rounded-lg border border-line bg-sunken p-4 font-mono text-sm text-ink">{text}</pre>
    </div>
  );
}
