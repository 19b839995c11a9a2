import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Checkpoint } from "@/lib/contract/ledger";
import { Block } from "./block";

/** What the ledger is, for anybody, and how to hold it to its word. */
export function PublicLedger({ verifierKey, checkpoint }: { verifierKey: string; checkpoint: Checkpoint }) {
  return (
    <>
      <Section title="What this is">
        <div className="measure space-y-3 text-ink">
          <p>Whenever somebody answers us, or we publish a policy or a question, an entry is added. Entries are only ever added. Each carries the fingerprint of the one before, and a signed checkpoint stands for them all: none can be changed, moved or taken out without it showing.</p>
          <p>Of those who answer it holds no name and no address, only a random id; of what they were shown, only a fingerprint. Whoever answers gets a receipt, and with it can show what was asked, what was answered and when, without having to trust us.</p>
        </div>
      </Section>
      <Section title="Check a receipt">
        <ol className="measure list-decimal space-y-2 pl-5 text-ink">
          <li>Download the receipt from <TextLink href="/me/history">your history</TextLink>.</li>
          <li>On any computer with Node.js, run the command below with the name of your file. It needs no network and asks nobody.</li>
          <li>It says “Valid”, or names what is wrong. Because you give it the key from this page, nobody else’s receipt passes for one of ours.</li>
        </ol>
        <Block label="Command" text={`npx handshake-verify handshake-receipt-123.json --key "${verifierKey}"`} />
      </Section>
      <Section title="The key" description={<>Every checkpoint is signed with it. Also as <TextLink href="/ledger/key">text</TextLink>.</>}>
        <Block label="Key of the ledger" text={verifierKey} />
      </Section>
      <Section title="The newest checkpoint" description={<>Keep a copy: later it can be shown that nothing up to it has changed since. Also as <TextLink href="/ledger/checkpoint">text</TextLink>.</>}>
        <KeyValues
          items={[
            { label: "Entries", value: <span className="tabular">{checkpoint.size.toLocaleString("en-GB")}</span> },
            { label: "Signed", value: <Time at={checkpoint.signedAt} /> },
            { label: "Fingerprint of them all", value: <Mono>{checkpoint.root}</Mono> },
          ]}
        />
        <Block label="Signed note" text={checkpoint.note} />
      </Section>
    </>
  );
}
