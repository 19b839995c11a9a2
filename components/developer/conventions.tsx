import type { ReactNode } from "react";
import { Mono } from "@/components/ui/mono";
import { CodeBlock } from "./code-block";

/** What holds for every call, told once. */
export function Conventions({ callsPerSecond, browserCallsPerMinute, slowestBodySeconds }: { callsPerSecond: number; browserCallsPerMinute: number; slowestBodySeconds: number }) {
  return (
    <div className="grid gap-8">
      <Rule title="Keys">
        Every call carries an API key as <Mono>Authorization: Bearer …</Mono>. A key has scopes: what it may do. A revoked key is refused at once; a replaced one goes on
        beside its successor for the time that was chosen, so that you change over without a pause.
      </Rule>
      <Rule title="From web pages">
        Pages in a browser use a browser key. It is public: it only asks and answers, on the websites it names, and for one person. Your server says for whom: it mints a
        token (<Mono>POST /v1/person-tokens</Mono>), and the page sends that as <Mono>Handshake-Person</Mono> beside the key. The token runs out by itself; fetch a fresh one then.
      </Rule>
      <Rule title="Sending twice">
        Writes take an <Mono>Idempotency-Key</Mono> of your own making. The same key and body again do nothing twice and give the first reply, byte for byte, for at least 24
        hours; another body is 409. What was refused did nothing and is not remembered. When a reply did not reach you, send the same again with the same key.
      </Rule>
      <Rule title="Refusals">
        A refusal is <Mono>application/problem+json</Mono> (RFC 9457). Rely on its <Mono>code</Mono>; <Mono>errors</Mono> names each place that is wrong.
      </Rule>
      <CodeBlock label="A refusal" copy={false} code={JSON.stringify({ type: "about:blank", title: "Not acceptable as it is", status: 422, code: "invalid", detail: "Some of this needs another look.", requestId: "4f0c…", errors: [{ path: "decisions[1].use", message: "The short name is missing." }] }, null, 2)} />
      <Rule title="How much">
        One key may make {callsPerSecond.toLocaleString("en")} calls a second, and a page {browserCallsPerMinute.toLocaleString("en")} a minute for one person. Beyond that it is 429; go on
        after as many seconds as <Mono>Retry-After</Mono> says. A body has at most 1 MiB and {slowestBodySeconds} seconds to arrive.
      </Rule>
      <Rule title="In the logs">
        Every reply has an <Mono>x-request-id</Mono>. Send one of your own, up to 100 visible characters, and it is kept.
      </Rule>
    </div>
  );
}

function Rule({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="font-semibold text-ink">{title}</h3>
      <p className="measure mt-1 text-muted">{children}</p>
    </div>
  );
}
