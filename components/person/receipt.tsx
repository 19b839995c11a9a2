import "./receipt.css";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { TermsInWords } from "@/components/use/terms-in-words";
import { receiptFileName, type ReceiptView } from "@/lib/contract/receipt";
import { policyVersionPath } from "./paths";
import { PrintButton } from "./print-button";
import { QuestionBody } from "./question-body";
import { changeOfMind, formatWords, meaningWords } from "./receipt-words";
import { channelWords, stateWords } from "./words";

/** A receipt as its person reads and prints it. */
export function Receipt({ receipt }: { receipt: ReceiptView }) {
  const { title, shown, organisation, readAt } = receipt;
  return (
    <article className="receipt">
      <PageHeader
        breadcrumbs={[{ label: "Your history", href: "/me/history" }, { label: "Receipt" }]}
        eyebrow={organisation}
        title="Receipt"
        description="What you were asked, what you answered, and how anybody can check it."
        actions={<div className="print:hidden"><PrintButton /></div>}
      />
      <Card padding="lg">
        <p {...(shown ? { lang: shown.locale } : {})} className="mb-4 font-serif text-xl font-medium text-ink">{title}</p>
        <KeyValues items={facts(receipt)} />
      </Card>
      <Section title="What you were asked">
        <Asked receipt={receipt} />
      </Section>
      <Section title="What it means now" description={<>On <Time at={readAt} show="date" /></>}>
        <p className="measure text-ink">{meaningWords(receipt)}</p>
      </Section>
      <ChangeOfMind receipt={receipt} />
      <Check receipt={receipt} />
    </article>
  );
}

function facts({ answer, keeps, at, version, channel, organisation, expiresAt, once, guardian, imported, person, index }: ReceiptView): KeyValue[] {
  const who = person === null ? [] : [person.name, person.email, person.ref].filter((part) => part !== null);
  return [
    { label: "Your answer", value: <strong className="font-semibold">{stateWords[answer]}</strong> },
    ...(imported === null
      ? [{ label: "When", value: <Time at={at} /> }]
      : [
          { label: "Brought in from", value: imported.source },
          { label: "Answered there", value: <><Time at={imported.answeredAt} show="date" />, as {imported.source} says</> },
          { label: "Recorded here", value: <Time at={at} /> },
        ]),
    { label: "Version", value: keeps === null ? String(version) : `${version}, to which you said no; version ${keeps} stands` },
    ...(expiresAt === null ? [] : [{ label: "Holds until", value: <Time at={expiresAt} show="date" /> }]),
    ...(once ? [{ label: "Good for", value: "One time" }] : []),
    { label: imported === null ? "Asked by" : "Recorded by", value: organisation },
    ...(imported === null ? [{ label: "How you answered", value: capitalised(channelWords(channel)) }] : []),
    ...(who.length === 0 ? [] : [{ label: guardian === null ? "Answered by" : "Answered for", value: who.join(" · ") }]),
    ...(guardian === null ? [] : [{ label: "Answered by", value: guardianWords(guardian) }]),
    { label: "Place in the record", value: `Entry ${index.toLocaleString("en")}` },
  ];
}

function guardianWords({ name, ref, relation }: NonNullable<ReceiptView["guardian"]>): string {
  const who = [name, ref].filter((part) => part !== null).join(" · ");
  return who === "" ? "Somebody who answers for them" : relation === null ? who : `${who} (${relation})`;
}

/** Exactly the words that were shown, in their language; without any, the terms that the answer is about. */
function Asked({ receipt: { shown, terms, kind, key, version, house, imported } }: { receipt: ReceiptView }) {
  if (shown === null) {
    return (
      <>
        <p className="mb-4 text-ink">
          {imported === null
            ? "No question was needed for this. It is about these terms:"
            : `This was answered at ${imported.source}. What was shown there is not known here, and this receipt does not prove it. It was recorded for these terms:`}
        </p>
        <TermsInWords terms={terms} />
      </>
    );
  }
  return (
    <Card tone="sunken" padding="lg">
      <p lang={shown.locale} className="mb-4 font-serif text-xl font-medium text-ink">{shown.title}</p>
      <QuestionBody words={shown} unfolded links={kind === "policy" ? <WholeText version={version} house={house} path={policyVersionPath(key, version)} /> : null} />
      <p className="mt-5 text-sm text-muted">
        To choose from: <span lang={shown.locale}>{shown.choices.map(({ label }) => `“${label}”`).join(" · ")}</span>
      </p>
    </Card>
  );
}

function WholeText({ version, house, path }: { version: number; house: string; path: string }) {
  return (
    <p>
      <TextLink href={path}>{`The whole text of version ${version}`}</TextLink>
      <span className="hidden print:inline">{`: ${house}${path}`}</span>
    </p>
  );
}

function ChangeOfMind({ receipt }: { receipt: ReceiptView }) {
  const { words, label, path } = changeOfMind(receipt);
  const { house, contactEmail } = receipt;
  return (
    <Section title="If you change your mind">
      <p className="measure text-ink">{words}</p>
      <p className="mt-2 print:hidden"><TextLink href={path}>{label}</TextLink></p>
      <p className="mt-2 hidden text-ink print:block">{`${label}: ${house}${path}`}</p>
      {contactEmail === null ? null : <p className="mt-2 text-ink">Or write to {contactEmail}.</p>}
    </Section>
  );
}

function Check({ receipt: { index, formats, verifierKey, leaf, digest, imported } }: { receipt: ReceiptView }) {
  return (
    <Section
      title="How anybody can check this"
      description={
        imported === null
          ? "Your answer stands in a record that cannot be changed unnoticed. The receipt file proves it by itself: no trust in us is needed."
          : `What we recorded stands in a record that cannot be changed unnoticed. The receipt file proves that we recorded it, and when; not what you answered at ${imported.source}.`
      }
    >
      <ol className="measure list-decimal space-y-2 pl-5 text-ink">
        <li>Keep the receipt file. {imported === null ? "It holds your answer, what you were shown, and the proof." : "It holds what was recorded, and the proof."}</li>
        <li>On any computer with Node.js, run <Command>{`npx handshake-verify ${receiptFileName(index)}`}</Command></li>
        <li>See that it says “Valid”, and names the key below.</li>
      </ol>
      <ul className="mt-5 flex flex-wrap gap-x-8 gap-y-4 print:hidden">
        {formats.map((format) => (
          <li key={format}>
            <LinkButton href={`/me/history/${index}/receipt/${format}`} icon={<Download />} variant={format === "json" ? "primary" : "secondary"} download>
              <VisuallyHidden>Download: </VisuallyHidden>
              {formatWords[format].label}
            </LinkButton>
            <p className="mt-1.5 max-w-48 text-sm text-muted">{formatWords[format].hint}</p>
          </li>
        ))}
      </ul>
      <div className="mt-6">
        <KeyValues
          items={[
            { label: "Key of the record", value: <Mono>{verifierKey}</Mono> },
            { label: "Fingerprint of your answer", value: <Mono>{leaf}</Mono> },
            ...(digest === null ? [] : [{ label: "Fingerprint of what was shown", value: <Mono>{digest}</Mono> }]),
          ]}
        />
      </div>
    </Section>
  );
}

function Command({ children }: { children: string }): ReactNode {
  return <code className="mt-1 block break-all rounded-md bg-sunken px-3 py-2 font-mono text-sm text-ink print:border print:border-line">{children}</code>;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
