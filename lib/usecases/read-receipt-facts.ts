import type { ReceiptFile } from "@/lib/contract/receipt";
import { shownContent } from "@/lib/contract/question";
import type { Tx } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { readLedgerPage } from "@/lib/data/ledger-reading";
import { numberInForce } from "@/lib/data/policies";
import { findVersionWhole } from "@/lib/data/policy-versions";
import { readPolicyStandings, type Asked } from "@/lib/data/questions";
import { settings } from "@/lib/data/settings/settings";
import { readShown } from "@/lib/data/shown-content";
import { publishedVersions } from "@/lib/data/use-versions";
import { requireUse } from "@/lib/data/uses";
import type { Entry } from "@/lib/domain/entry";
import type { ReceiptFacts } from "@/lib/domain/receipt-facts";
import { Refusal } from "@/lib/domain/refusal";

type PermissionEntry = Extract<Entry, { kind: "permission-answered" }>;

/** Everything that an answer about a data use rests on, for receipts of other standards. */
export async function receiptFacts(db: Tx, asked: Asked, entry: PermissionEntry, { leaf }: { leaf: string }, file: ReceiptFile): Promise<ReceiptFacts> {
  const use = await requireUse(db, entry.use);
  const [versions, granted, policyUrl] = await Promise.all([publishedVersions(db, use.id), lastGrantBefore(entry), policyUrlAt(db, entry)]);
  const version = versions.find(({ number }) => number === entry.version);
  if (!version) throw new Refusal("not-found", "The version that was answered is not there.");
  return {
    leaf,
    at: entry.at,
    person: entry.person,
    by: entry.by,
    channel: entry.channel,
    answer: entry.answer,
    keeps: entry.keeps ?? null,
    expiresAt: entry.expiresAt,
    once: entry.once === true,
    guardian: entry.guardian ?? null,
    imported: entry.imported ?? null,
    renewed: granted !== null,
    use: { key: use.key, name: use.name, version: entry.version, terms: version.terms },
    nameOf: (key) => asked.names[key] ?? key,
    // What is taken back is what was said yes to.
    notice: noticeOf(entry.shown, file.shown) ?? (await noticeOfGrant(db, entry, granted)),
    controller: { name: asked.organisation, email: asked.contactEmail, house: settings().webUrl },
    policyUrl,
    created: asked.now.toISOString(),
    proof: { key: file.key, entry: file.entry, proof: file.proof },
  };
}

/** The last time this person said yes to this use before this answer. Nearly always on the first page of their answers. */
async function lastGrantBefore({ person, use, index }: PermissionEntry): Promise<PermissionEntry | null> {
  for (let before: number | null = index; before !== null; ) {
    const page = await readLedgerPage({ kind: "permission-answered", about: `use:${use}`, person, before }, 100);
    const grant = page.entries.find((one) => one.kind === "permission-answered" && one.answer === "granted");
    if (grant?.kind === "permission-answered") return grant;
    before = page.older;
  }
  return null;
}

function noticeOf(digest: string | null, body: string | null | undefined): ReceiptFacts["notice"] {
  if (digest === null || body === null || body === undefined) return null;
  const { locale, title, question } = shownContent.parse(JSON.parse(body));
  return { digest, locale, title, question };
}

async function noticeOfGrant(db: Tx, { answer }: PermissionEntry, granted: PermissionEntry | null): Promise<ReceiptFacts["notice"]> {
  if (answer !== "withdrawn" || granted === null || granted.shown === null) return null;
  return noticeOf(granted.shown, (await readShown(db, [fromHex(granted.shown)])).get(granted.shown));
}

/**
 * The version of a policy for customers that was in force at the answer and describes this use; where none does, the
 * list of all policies. An organisation has a handful of policies for its customers, so each is looked at.
 */
async function policyUrlAt(db: Tx, { person, use, at }: PermissionEntry): Promise<string> {
  const policies = await readPolicyStandings(db, person);
  const versions = await Promise.all(policies.map(({ id, key }) => versionAt(db, { id, key }, new Date(at))));
  const found = versions.find((version) => version?.cites.includes(use));
  const all = `${settings().webUrl}/policies`;
  return found ? `${all}/${found.key}/versions/${found.number}` : all;
}

async function versionAt(db: Tx, { id, key }: { id: string; key: string }, at: Date): Promise<{ key: string; number: number; cites: string[] } | null> {
  const number = await numberInForce(db, id, at);
  const version = number === null ? null : await findVersionWhole(db, id, number);
  return version && { key, number: version.number, cites: version.citations.map(({ use }) => use.key) };
}
