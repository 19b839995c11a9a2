import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { SignalledUse, SignalView } from "@/lib/contract/signal";

const concernWords: { readonly [C in SignalledUse["concern"]]: string } = {
  sold: "your data is sold",
  shared: "your data is shared with others",
  targeted: "it picks advertising for you",
};

/** What came of the signal that a person's browser sends, use by use, and how to choose otherwise. */
export function SignalNotice({ signal, organisation }: { signal: SignalView; organisation: string }) {
  const { uses, lastSeenAt } = signal;
  return (
    <div className="mb-8">
      <Notice title="Your browser asks us not to sell or share your data">
        <p>
          It does so by Global Privacy Control, last on <Time at={lastSeenAt} show="date" />. {organisation} honours it, also when you come with another browser:{" "}
          {uses.length === 0 ? "nothing we do sells or shares your data or targets advertising by it." : "this is what came of it."}
        </p>
        {uses.length === 0 ? null : <ul className="mt-3 space-y-1.5">{uses.map((one) => <li key={one.use}><Line use={one} /></li>)}</ul>}
        {uses.some(({ askable, standing }) => askable && standing === "off") ? <p className="mt-3">To have one of these all the same, open it and say yes. Your yes then counts for that one, and you can take it back.</p> : null}
      </Notice>
    </div>
  );
}

const standingWords: { readonly [S in Exclude<SignalledUse["standing"], "earlier">]: string } = {
  off: "off",
  chosen: "on, because you said yes to it knowing of the signal",
  needed: "on, because it is needed for what you have with us; the law leaves no choice here",
};

function Line({ use: { use, title, locale, concern, standing, answered, askable } }: { use: SignalledUse }): ReactNode {
  const name = <span lang={locale}>{title}</span>;
  return <>{askable ? <TextLink href={`/me/permissions/${use}`}>{name}</TextLink> : name} ({concernWords[concern]}): {standing === "earlier" ? `on as you agreed to with version ${answered}, and no further` : standingWords[standing]}.</>;
}
