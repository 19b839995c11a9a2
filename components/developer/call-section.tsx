import { Globe, KeyRound } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/mono";
import { TextLink } from "@/components/ui/text-link";
import type { CallReference, Field, Shape } from "@/lib/contract/call-reference";
import { CodeBlock } from "./code-block";
import { Words } from "./words";

/** One call: what it does, what it takes and what it gives, with an example to copy. */
export function CallSection({ call }: { call: CallReference }) {
  return (
    <section id={call.name} aria-labelledby={`${call.name}-title`} className="scroll-mt-6 border-t border-line py-10">
      <h3 id={`${call.name}-title`} className="font-serif text-2xl font-medium text-ink">{call.summary}</h3>
      <p className="mt-2 font-mono text-sm text-ink [overflow-wrap:anywhere]"><span className="font-semibold text-accent">{call.method}</span> {call.path}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        {call.scope === null ? <Badge>For anybody</Badge> : <Badge icon={<KeyRound />}>Scope: {call.scope}</Badge>}
        {call.browser ? <Badge tone="accent" icon={<Globe />}>From web pages too</Badge> : null}
        {call.idempotent ? <Badge tone="note">Takes an Idempotency-Key</Badge> : null}
      </p>
      <p className="measure mt-4 text-muted"><Words text={call.description} /></p>
      <div className="mt-6 grid gap-6">
        <CodeBlock label={`Try ${call.method} ${call.path}`} code={call.example.request} />
        {call.address.length > 0 ? <Fields title="In the address" shape={[call.address]} /> : null}
        {call.takes.length > 0 ? <Fields title="It takes" shape={call.takes} /> : null}
        <div className="grid gap-3">
          <h4 className="font-semibold text-ink">It gives</h4>
          <p className="text-muted">{call.gives.status}: <Words text={call.gives.description} />{call.gives.type === null || call.gives.type === "application/json" ? null : <> As <Mono>{call.gives.type}</Mono>.</>}</p>
          <Ways shape={call.gives.shape} />
          {call.example.reply === null ? null : <CodeBlock label={`A reply to ${call.method} ${call.path}`} code={call.example.reply} copy={false} />}
        </div>
        {call.refusals.length > 0 ? (
          <p className="text-sm text-muted">
            May be refused with {call.refusals.map((code, place) => <span key={code}>{place === 0 ? "" : ", "}<TextLink href={`#code-${code}`}>{code}</TextLink></span>)}, besides what any call may.
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Fields({ title, shape }: { title: string; shape: Shape }) {
  return (
    <div className="grid gap-3">
      <h4 className="font-semibold text-ink">{title}</h4>
      <Ways shape={shape} />
    </div>
  );
}

/** Each way of several by itself, with “or” between them. */
function Ways({ shape }: { shape: Shape }) {
  return shape.map((fields, place) => (
    <div key={fields.map(({ name }) => name).join()}>
      {place > 0 ? <p className="mb-3 text-sm text-muted">or</p> : null}
      <FieldList fields={fields} />
    </div>
  ));
}

function FieldList({ fields }: { fields: readonly Field[] }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line">
      {fields.map((field) => (
        <div key={field.name} className="grid gap-x-6 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <dt className="font-mono text-sm text-ink [overflow-wrap:anywhere]">{field.name}{field.required ? null : <span className="ml-2 font-sans text-muted">optional</span>}</dt>
          <dd className="text-sm text-muted [overflow-wrap:anywhere]">{field.type}{field.description === null ? null : <span className="block"><Words text={field.description} /></span>}</dd>
        </div>
      ))}
    </dl>
  );
}
