import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { Time } from "@/components/ui/time";
import type { Checkpoint, OutsideView } from "@/lib/contract/ledger";
import { Block } from "./block";
import { outsideInWords } from "./outside-words";

type Props = { checkpoint: Checkpoint; verifierKey: string; outside: OutsideView; now: Date };

/** The newest signed checkpoint, and how much of it was seen outside: what holds this ledger to its word. */
export function CheckpointCard({ checkpoint, verifierKey, outside, now }: Props) {
  const seen = outsideInWords(outside, checkpoint.size, now);
  return (
    <Card title="Newest checkpoint">
      <KeyValues
        layout="grid"
        items={[
          { label: "Entries", value: <span className="tabular">{checkpoint.size.toLocaleString("en-GB")}</span> },
          { label: "Signed", value: <Time at={checkpoint.signedAt} /> },
          { label: "Seen outside", value: <span className="tabular">{seen.fact}</span>, hint: seen.meaning },
          { label: "Key", value: <Mono>{keyId(verifierKey)}</Mono>, hint: "What its whole name ends in, below" },
          {
            label: "Fingerprint of all entries",
            value: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Mono truncate className="max-w-32">{checkpoint.root}</Mono>
                <CopyButton text={checkpoint.root} label="Copy fingerprint" variant="quiet" />
              </span>
            ),
          },
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

/** The short name of a C2SP vkey (`name+id+key`): eight hex digits. */
export function keyId(vkey: string): string {
  return vkey.split("+")[1] ?? vkey;
}
