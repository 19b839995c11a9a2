import type { Names } from "@/lib/contract/ledger";
import type { HistoryLine, HistoryPage } from "@/lib/contract/permission";
import { shownContent } from "@/lib/contract/question";
import type { Tx } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { readNames } from "@/lib/data/ledger-reading";
import { parseEntry } from "@/lib/data/ledger/write";
import { readPersonEntries } from "@/lib/data/permissions";
import { readShown } from "@/lib/data/shown-content";
import { answerOf } from "@/lib/domain/answer";
import type { Entry, PermissionAnswered } from "@/lib/domain/entry";

/** A person's own entries, newest first, with the words that stood in front of them. */
export async function historyOf(db: Tx, personId: string, below: number | null, take: number): Promise<HistoryPage> {
  const rows = await readPersonEntries(db, personId, below === null ? null : BigInt(below), take);
  const entries = rows.slice(0, take).map((row) => parseEntry(row.body));
  const digests = [...new Set(entries.flatMap((entry) => ("shown" in entry && entry.shown !== null ? [entry.shown] : [])))];
  const [shown, names] = await Promise.all([
    readShown(db, digests.map(fromHex)),
    readNames(entries),
  ]);
  const lines = entries.flatMap((entry) => lineOf(entry, shown, names));
  return { lines, older: rows.length > take ? (entries.at(-1)?.index ?? null) : null };
}

function lineOf(entry: Entry, shown: ReadonlyMap<string, string>, names: Names): HistoryLine[] {
  const common = { index: entry.index, at: new Date(entry.at) };
  switch (entry.kind) {
    case "permission-answered": {
      const { use: key, version, channel, shown: digest } = entry;
      return [{ ...common, kind: "permission", key, name: names.uses.get(key) ?? key, version, answer: answerOf(entry), channel, digest, shown: contentOf(digest, shown), ...boundsOf(entry) }];
    }
    case "permission-used": {
      const { use: key, version } = entry;
      return [{ ...common, kind: "used", key, name: names.uses.get(key) ?? key, version, answer: "used", channel: "", digest: null, shown: null }];
    }
    case "policy-answered": {
      const { policy: key, version, answer, channel, shown: digest } = entry;
      return [{ ...common, kind: "policy", key, name: names.policies.get(key) ?? key, version, answer, channel, digest, shown: contentOf(digest, shown), ...(entry.guardian === undefined ? {} : { guardian: true }) }];
    }
    case "person-invited":
      return [{ ...common, kind: "invited", key: null, name: null, version: null, answer: "invited", channel: entry.channel, digest: null, shown: null }];
    default:
      return [];
  }
}

function boundsOf({ keeps, expiresAt, once, guardian, imported }: PermissionAnswered): Pick<HistoryLine, "keeps" | "expiresAt" | "once" | "guardian" | "imported"> {
  return {
    ...(keeps === undefined ? {} : { keeps }),
    ...(expiresAt === null ? {} : { expiresAt: new Date(expiresAt) }),
    ...(once ? { once } : {}),
    ...(guardian === undefined ? {} : { guardian: true }),
    ...(imported ? { imported: { source: imported.source, answeredAt: new Date(imported.answeredAt) } } : {}),
  };
}

function contentOf(digest: string | null, shown: ReadonlyMap<string, string>): HistoryLine["shown"] {
  const body = digest === null ? undefined : shown.get(digest);
  return body === undefined ? null : shownContent.parse(JSON.parse(body));
}
