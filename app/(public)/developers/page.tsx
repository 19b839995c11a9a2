import type { Metadata } from "next";
import { CallSection } from "@/components/developer/call-section";
import { CodeBlock } from "@/components/developer/code-block";
import { Conventions } from "@/components/developer/conventions";
import { Words } from "@/components/developer/words";
import { Contents } from "@/components/policy/contents";
import { PublicHead } from "@/components/policy/public-head";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { apiReference } from "@/lib/delivery/web/api-reference";
import { showOrganisation } from "@/lib/usecases/show-organisation";

export const metadata: Metadata = { title: "For developers" };

export default async function DevelopersPage() {
  const { name } = await showOrganisation();
  const { server, calls, codes, limits } = apiReference();
  const decide = calls.find((call) => call.name === "decide");
  const chapters = [
    { id: "start", text: "Getting started", depth: 1 },
    { id: "rules", text: "What holds for every call", depth: 1 },
    { id: "calls", text: "Calls", depth: 1 },
    ...calls.map((call) => ({ id: call.name, text: call.summary, depth: 2 })),
    { id: "codes", text: "Codes", depth: 1 },
  ];
  return (
    <>
      <PublicHead eyebrow={name} title="For developers">Ask what must be asked, bring the answers back, and decide before every use.</PublicHead>
      <div className="gap-12 lg:grid lg:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="min-w-0">
          <Section id="start" title="Getting started">
            <ol className="measure list-decimal space-y-3 pl-5 text-muted">
              <li>Ask an admin for an API key with the scope <Mono>decide</Mono> (Studio, Settings, API keys). It is shown once; keep it with your secrets.</li>
              <li>Put it where the commands below find it: <Mono>export HANDSHAKE_API_KEY=hs_…</Mono></li>
              <li>Decide for the first time. Somebody nobody has met is <Mono>never-asked</Mono>, so the answer is no until they say yes.</li>
            </ol>
            {decide ? <div className="mt-6"><CodeBlock label="The first decision" code={decide.example.request} /></div> : null}
            <p className="measure mt-6 text-muted">
              The gateway is at <Mono>{server}</Mono>. Its description in OpenAPI 3.1, for tools that make clients: <TextLink href={`${server}/v1/openapi.json`}>openapi.json</TextLink>.
            </p>
          </Section>
          <Section id="rules" title="What holds for every call">
            <Conventions {...limits} />
          </Section>
          <Section id="calls" title="Calls">
            {calls.map((call) => <CallSection key={call.name} call={call} />)}
          </Section>
          <Section id="codes" title="Codes" description="They stay as they are; sentences may change.">
            <Table
              caption="Codes of refusals"
              rows={codes}
              rowKey={(row) => row.code}
              columns={[
                { key: "code", header: "Code", primary: true, cell: (row) => <span id={`code-${row.code}`} className="scroll-mt-6"><Mono>{row.code}</Mono></span> },
                { key: "status", header: "Status", numeric: true, cell: (row) => row.status },
                { key: "words", header: "What it means", cell: (row) => <Words text={row.words} /> },
              ]}
            />
          </Section>
        </div>
        <aside className="hidden lg:block"><div className="sticky top-8 max-h-[calc(100dvh-4rem)] overflow-y-auto"><Contents headings={chapters} /></div></aside>
      </div>
    </>
  );
}
