import type { PersonIdentity } from "@/lib/contract/person";
import { shownContent } from "@/lib/contract/question";
import type { GuardianView, ReceiptFile, ReceiptFormat, ReceiptNow, ReceiptView } from "@/lib/contract/receipt";
import type { Tx } from "@/lib/data/client";
import type { ProvenEntry } from "@/lib/data/ledger/proofs";
import { findPolicyId, findUseId } from "@/lib/data/permissions";
import { readPolicyStandings, readUseStandings, type Asked } from "@/lib/data/questions";
import { settings } from "@/lib/data/settings/settings";
import { answerOf } from "@/lib/domain/answer";
import type { Entry } from "@/lib/domain/entry";
import type { Terms } from "@/lib/domain/terms";
import { termsInWords } from "./ask-questions-content";
import { permissionView, policyStandingView } from "./show-permissions-of";

/** An entry that a receipt can be had for. */
type AnswerEntry = Extract<Entry, { kind: "permission-answered" | "policy-answered" }>;
export type ProvenAnswer = ProvenEntry & { readonly entry: AnswerEntry };

/** The receipt as its page says it, and what the answer means by now. */
export async function receiptView(
  db: Tx,
  asked: Asked,
  { entry, leaf }: ProvenAnswer,
  file: ReceiptFile,
  { formats, terms }: { readonly formats: readonly ReceiptFormat[]; readonly terms: Terms | null },
): Promise<ReceiptView> {
  const shown = file.shown === null ? null : shownContent.parse(JSON.parse(file.shown));
  const { title, now } = entry.kind === "permission-answered" ? await standingOfUse(db, asked, entry) : await standingOfPolicy(db, asked, entry);
  return {
    index: entry.index,
    at: new Date(entry.at),
    kind: entry.kind === "permission-answered" ? "permission" : "policy",
    key: entry.kind === "permission-answered" ? entry.use : entry.policy,
    title: shown?.title ?? title,
    version: entry.version,
    answer: entry.kind === "permission-answered" ? answerOf(entry) : entry.answer,
    channel: entry.channel,
    ...boundsOf(entry),
    guardian: entry.guardian === undefined ? null : guardianOf(file.guardian?.identity),
    shown,
    digest: entry.shown,
    terms: terms === null ? [] : termsInWords(asked, terms),
    now,
    readAt: asked.now,
    organisation: asked.organisation,
    contactEmail: asked.contactEmail,
    house: settings().webUrl,
    person: file.person === null ? null : identityOf(file.person.identity),
    leaf,
    verifierKey: file.key,
    formats,
  };
}

type Titled = { readonly title: string; readonly now: ReceiptNow };

async function standingOfUse(db: Tx, asked: Asked, entry: Extract<AnswerEntry, { kind: "permission-answered" }>): Promise<Titled> {
  const id = await findUseId(db, entry.use);
  const [use] = id === null ? [] : await readUseStandings(db, entry.person, [id]);
  const standing = use && permissionView(asked, use);
  if (!standing?.answered || standing.state === "never-asked") return { title: standing?.title ?? entry.use, now: { kind: "gone" } };
  const { title, answered, state, allowed, reason, due, basis, liveVersion } = standing;
  if (answered.index !== entry.index) return { title, now: { kind: "replaced", answer: state, at: answered.at, index: answered.index } };
  return { title, now: { kind: "permission", allowed, reason, basis, changed: due === "use-changed", liveVersion } };
}

async function standingOfPolicy(db: Tx, asked: Asked, entry: Extract<AnswerEntry, { kind: "policy-answered" }>): Promise<Titled> {
  const id = await findPolicyId(db, entry.policy);
  const [policy] = id === null ? [] : await readPolicyStandings(db, entry.person, [id]);
  const standing = policy && policyStandingView(asked, policy);
  if (!standing?.answered || standing.state === "never-asked") return { title: standing?.title ?? entry.policy, now: { kind: "gone" } };
  const { title, answered, state, due, version } = standing;
  if (answered.index !== entry.index) return { title, now: { kind: "replaced", answer: state, at: answered.at, index: answered.index } };
  return { title, now: { kind: "policy", liveVersion: version, waits: due !== null } };
}

function boundsOf(entry: AnswerEntry): Pick<ReceiptView, "keeps" | "expiresAt" | "once" | "imported"> {
  if (entry.kind === "policy-answered") return { keeps: null, expiresAt: null, once: false, imported: null };
  const { keeps, expiresAt, once, imported } = entry;
  return {
    keeps: keeps ?? null,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    once: once === true,
    imported: imported ? { source: imported.source, answeredAt: new Date(imported.answeredAt) } : null,
  };
}

/** Sealed by us and opened by its commitment. */
function identityOf(text: string): PersonIdentity {
  const part = partsOf(text);
  return { ref: part("ref"), email: part("email"), name: part("name") };
}

function guardianOf(text: string | undefined): GuardianView {
  const part = partsOf(text ?? "{}");
  return { name: part("name"), ref: part("ref"), relation: part("relation") };
}

function partsOf(text: string): (name: string) => string | null {
  const said: unknown = JSON.parse(text);
  return (name) => {
    const value: unknown = typeof said === "object" && said !== null ? Reflect.get(said, name) : null;
    return typeof value === "string" ? value : null;
  };
}
