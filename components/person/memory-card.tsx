import { Trash2 } from "lucide-react";
import { ActDialog } from "@/components/staff/act-dialog";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { KeyValues } from "@/components/ui/key-values";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { FormState } from "@/lib/contract/form";
import type { MyMemoryItem } from "@/lib/contract/memory";
import { sourceWords } from "@/lib/contract/memory-in-words";

type Props = { item: MyMemoryItem; organisation: string; action: (before: FormState, form: FormData) => Promise<FormState> };

/** One thing remembered, as its person sees it: what, where it comes from, what for, and since when. */
export function MemoryCard({ item, organisation, action }: Props) {
  const { key, value, category, source, note, use, version, index, mayObject, rememberedAt, readAt } = item;
  return (
    <Card as="li" padding="lg">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-sm text-muted">{category}</h2>
          <p className="mt-1 font-serif text-xl font-medium break-words text-ink">{value}</p>
        </div>
        <Standing standing={item.standing} />
      </div>
      <Ended item={item} />
      <div className="mt-4">
        <KeyValues
          items={[
            { label: "Where it comes from", value: note === null ? `${sourceWords[source]}.` : `${sourceWords[source]}. ${note}` },
            { label: "What it is used for", value: <TextLink href="/me/permissions"><span lang={use.locale}>{use.title}</span></TextLink> },
            {
              label: "Permitted by",
              value: index === null ? `Needs no permission (version ${version})${mayObject ? "; you can object" : ""}` : <TextLink href={`/me/history/${index}`}>Your answer to version {version}</TextLink>,
            },
            { label: "Remembered since", value: <Time at={rememberedAt} show="date" /> },
            { label: "Last used", value: readAt === null ? "Not yet" : <Time at={readAt} show="date" /> },
          ]}
        />
      </div>
      <div className="mt-5">
        <ActDialog
          trigger="Forget this"
          triggerIcon={<Trash2 />}
          tone="danger"
          title="Forget this?"
          description={`“${category}: ${value.slice(0, 120)}” is gone for good, and everybody who used it is told. ${after(item, organisation)}`}
          confirmLabel="Forget"
          pendingLabel="Forgetting…"
          action={action}
          fields={{ key }}
        />
      </div>
    </Card>
  );
}

function Standing({ standing }: Pick<MyMemoryItem, "standing">) {
  if (standing === "used") return <Badge tone="good">May be used</Badge>;
  return standing === "waiting" ? <Badge tone="warn">Only as you permitted it</Badge> : <Badge tone="bad">Out of reach</Badge>;
}

function Ended({ item: { standing, goesAt, version } }: { item: MyMemoryItem }) {
  if (standing === "waiting") return <p className="mt-3 text-sm text-muted">What it is used for has changed since. It may be used as version {version} says, and for nothing more unless you agree to it.</p>;
  if (standing !== "ended" || goesAt === null) return null;
  return <p className="mt-3 text-sm text-muted">Its permission has ended, so nobody can read it but you. It is destroyed by <Time at={goesAt} show="date" />. If you permit it again before, it is back.</p>;
}

function after({ standing }: MyMemoryItem, organisation: string): string {
  if (standing === "ended") return "Permitting it again does not bring it back then.";
  return `Your permission stays as it is, so ${organisation} may remember something like it again. To stop that, take the permission back.`;
}
