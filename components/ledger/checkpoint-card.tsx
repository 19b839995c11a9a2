import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { Time } from "@/components/ui/time";
import type { Checkpoint, OutsideView } from "@/lib/contract/ledger";
import { Block } from "./block";
import { entriesInWords, outsideInWords } from "./outside-words";

type Props = { checkpoint: Checkpoint; verifierKey: string; outside: OutsideView; now: Date };

/** The newest signed checkpoint, and how much of it was seen outside: what holds this ledger to its word. */
export function CheckpointCard({ checkpoint, verifierKey, outside, now }: Props) {
  const seen = outsideInWords(outside, checkpoint.size, now);
  return (
    <Card title="Newest checkpoint">
      <KeyValues
        layout="grid"
        items={[
          { label: "Signed over", value: <span className="tabular">{entriesInWords(checkpoint.size)}</span>, hint: <Time at={checkpoint.signedAt} /> },
          { label: "Seen outside", value: <span className="tabular">{seen.fact}</span>, hint: seen.meaning },
          {
            label: "Fingerprint of all entries",
            value: <Mono truncate>{checkpoint.root}</Mono>,
            hint: <span className="-ml-3 block"><CopyButton text={checkpoint.root} label="Copy fingerprint" variant="quiet" /></span>,
          },
          { label: "Fingerprint of the key", value: <Mono>{keyId(verifierKey)}</Mono> },
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

/** The id within a C2SP vkey (`name+id+key`): eight hex digits of its own hash. */
function keyId(vkey: string): string {
  return vkey.split("+")[1] ?? vkey;
}
