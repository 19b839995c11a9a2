import { Download, FileCheck2, Stamp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { TextField } from "@/components/ui/text-input";
import { absoluteTime } from "@/components/ui/time";
import type { Checkpoint, LedgerView } from "@/lib/contract/ledger";
import { HowToCheck } from "./how-to-check";
import { entriesInWords } from "./outside-words";

type Props = {
  view: Pick<LedgerView, "can" | "olderCheckpoints" | "verifierKey">;
  checkpoint: Checkpoint;
  /** Makes the download's link good for one ledger entry. */
  request: string;
  /** What somebody typed as an older checkpoint, and why there is no proof of it. */
  asked: { readonly typed: string; readonly error: string } | null;
};

/** Files that prove themselves, and how. */
export function TakeAlong({ view, checkpoint, request, asked }: Props) {
  return (
    <Card title="To check elsewhere" description="Nobody has to take our word for it: these files prove themselves.">
      <div className="flex flex-wrap gap-3">
        {view.can.export ? <LinkButton href={`/studio/ledger/export?request=${request}`} icon={<Download />}>Download the whole ledger</LinkButton> : null}
        <LinkButton href="/ledger/checkpoint" download={`handshake-checkpoint-${checkpoint.size}.txt`} icon={<Stamp />}>Download the checkpoint</LinkButton>
      </div>
      <div className="mt-4 space-y-1">
        {view.olderCheckpoints.length > 0 || asked ? (
          <Disclosure summary="Prove that it continues an older checkpoint" open={asked !== null}>
            <GrowthForm olderCheckpoints={view.olderCheckpoints} asked={asked} />
          </Disclosure>
        ) : null}
        <Disclosure summary="How anybody can check"><HowToCheck verifierKey={view.verifierKey} /></Disclosure>
      </div>
    </Card>
  );
}

/** The proof for somebody who kept an older checkpoint; the oldest one is there from the start. */
function GrowthForm({ olderCheckpoints, asked }: Pick<LedgerView, "olderCheckpoints"> & Pick<Props, "asked">) {
  const oldest = olderCheckpoints[0];
  return (
    <form action="/studio/ledger/consistency" method="get" noValidate className="space-y-3 pb-3">
      <TextField
        className="max-w-96"
        name="older"
        label="Entries of the older checkpoint"
        hint="The second line of the checkpoint that you kept, or one that is offered here."
        defaultValue={asked?.typed ?? oldest?.size ?? ""}
        error={asked?.error}
        inputMode="numeric"
        autoComplete="off"
        list="older-checkpoints"
      />
      <datalist id="older-checkpoints">
        {olderCheckpoints.map(({ size, signedAt }) => <option key={size} value={size}>{`${entriesInWords(size)}, ${absoluteTime(signedAt, "datetime")}`}</option>)}
      </datalist>
      <Button type="submit" icon={<FileCheck2 />}>Download the proof</Button>
    </form>
  );
}
