import type { LegalBasis } from "./terms";
import type { Role } from "./roles";
import type { PermissionState } from "./decision";

/**
 * Everything that counts, as one union: an entry of the ledger is a fact of one of these kinds plus its place
 * (`index`, `previous`), its moment (`at`) and who did it (`by`). `v` is the version of the kind's shape; old shapes
 * stay readable. Entries hold random ids and digests, never names, addresses or texts.
 * Digests are lower-case hex SHA-256; moments are ISO 8601 in UTC with milliseconds.
 */
export type Fact =
  | { kind: "staff-invited"; v: 1; invitation: string; role: Role }
  | { kind: "staff-joined"; v: 1; staff: string; role: Role; invitation: string }
  | { kind: "staff-role-changed"; v: 1; staff: string; from: Role; to: Role }
  | { kind: "staff-disabled"; v: 1; staff: string }
  | { kind: "staff-enabled"; v: 1; staff: string }
  | { kind: "invitation-revoked"; v: 1; invitation: string }
  /** `origins`: the pages from which a browser's key may be used; left out for a server's. */
  | { kind: "key-created"; v: 1; key: string; scopes: readonly string[]; origins?: readonly string[] }
  /** `key` took the place of `replaces`, which goes on until then. */
  | { kind: "key-rotated"; v: 1; key: string; replaces: string; until: string }
  | { kind: "key-revoked"; v: 1; key: string }
  | { kind: "webhook-created"; v: 1; webhook: string; kinds: readonly string[]; confirms: boolean }
  | { kind: "webhook-changed"; v: 1; webhook: string; changed: readonly WebhookChange[] }
  | { kind: "webhook-removed"; v: 1; webhook: string }
  | { kind: "settings-changed"; v: 1; changes: Readonly<Record<string, { from: SettingValue; to: SettingValue }>> }
  | {
      kind: "use-published";
      v: 1;
      use: string;
      version: number;
      replaces: number | null;
      digest: string;
      legalBasis: LegalBasis;
      reask: "any" | "wider";
      /** Versions whose answers this version's publication leaves standing. */
      carriedFrom: readonly number[];
      authors: readonly string[];
      twoPairsOfEyes: boolean;
    }
  | { kind: "prompt-published"; v: 1; use: string; version: number; replaces: number | null; digest: string; authors: readonly string[]; twoPairsOfEyes: boolean }
  | { kind: "policy-imported"; v: 1; policy: string; versions: readonly { number: number; sourceDigest: string; inForceFrom: string }[] }
  | {
      kind: "policy-published";
      v: 1;
      policy: string;
      version: number;
      replaces: number | null;
      /** Of the whole version: its texts' digests and its citations. */
      digest: string;
      /** One digest a locale. */
      texts: Readonly<Record<string, string>>;
      inForceFrom: string;
      editorial: boolean;
      /** Imported versions that became public with this one, oldest first. */
      history: readonly { number: number; digest: string; inForceFrom: string }[];
      authors: readonly string[];
      twoPairsOfEyes: boolean;
    }
  | { kind: "policy-cancelled"; v: 1; policy: string; version: number }
  | PermissionAnswered
  | PolicyAnswered
  | PermissionUsed
  | { kind: "person-invited"; v: 1; person: string; channel: string }
  /** What identified the person is gone. `suppressed`: their address and ref are to be left alone; `again`: after a restored backup. */
  | { kind: "person-forgotten"; v: 1; person: string; suppressed: boolean; again: boolean }
  /** A backup was restored: the ledger goes on from an earlier end than was seen outside the house. */
  | { kind: "ledger-restored"; v: 1; size: number; witnessedSize: number; witnessedRoot: string }
  | { kind: "export-created"; v: 1; what: string; subject: string; rows: number | null };

export type SettingValue = string | number | boolean | null;

/**
 * `identity` commits to who the person is, without saying it: SHA-256 over a salt and their ref, address and name, which
 * only their own receipt opens. Null where none was kept (all of v1). `guardian` commits in the same way to who answered
 * for them. Members with a question mark are absent where they are not said; shapes before v3 have none of them.
 */
type Answered = { v: 3; person: string; version: number; channel: string; identity: string | null; guardian?: string };
export type PermissionAnswered = Answered & {
  kind: "permission-answered";
  use: string;
  answer: PermissionState;
  shown: string | null;
  /** Until when a grant holds; beside `keeps`, until when the one that stands does. */
  expiresAt: string | null;
  /** Beside a refusal of `version`: the earlier version to which the person's grant stands. */
  keeps?: number;
  /** Beside a withdrawal: the later version that was refused before and stays so. */
  declined?: number;
  /** The grant (beside `keeps`, the one that stands) is good for one allowed decision. */
  once?: true;
  /** Given elsewhere, to something that was shown there and is not known here; when, by what that source says. */
  imported?: { source: string; answeredAt: string };
};
export type PolicyAnswered = Answered & { kind: "policy-answered"; policy: string; answer: AcceptanceState; shown: string };
/** A grant that was good for one decision was good for this one, about this version; `of`: the index of its entry. */
export type PermissionUsed = { kind: "permission-used"; v: 1; person: string; use: string; version: number; of: number };

/** What staff change about a subscriber; neither its address nor its secret is ever said. */
export type WebhookChange = "name" | "address" | "kinds" | "confirms" | "secret" | "paused" | "resumed";

export type FactKind = Fact["kind"];
export const acceptanceStates = ["accepted", "acknowledged", "refused"] as const;
export type AcceptanceState = (typeof acceptanceStates)[number];

/** Who did it, as the ledger says it: an id without a name. */
export type By = { staff: string } | { person: string } | { key: string } | { house: true };

/**
 * `log` is the ledger's name, which its checkpoints carry; `request` a keyed hash of the request that wrote the entry,
 * whose entries stand side by side. The oldest entries have neither.
 */
export type Entry = Fact & { index: number; at: string; previous: string; by: By; log?: string; request?: string };

/** An entry as it was written, in the newest shape of its kind: what an old shape does not say is null or absent. */
export function readFact(written: Entry | OldEntry): Entry {
  if (written.kind !== "permission-answered" && written.kind !== "policy-answered") return written;
  return written.v === 3 ? written : ({ identity: null, ...written, v: 3 } as Entry);
}

type New = "v" | "keeps" | "declined" | "once" | "imported" | "guardian";
type Before<F> = F extends { identity: unknown } ? (Omit<F, New | "identity"> & { v: 1 }) | (Omit<F, New> & { v: 2 }) : never;
/** Shapes that are not written any more. */
export type OldEntry = Before<Fact> & Pick<Entry, "index" | "at" | "previous" | "by" | "log" | "request">;

/** What entries of each kind are about; complete by type. */
const aboutOf: { readonly [K in FactKind]: "use" | "policy" | "person" | "staff" | "key" | "webhook" | "settings" | "export" | "ledger" } = {
  "use-published": "use",
  "prompt-published": "use",
  "permission-answered": "use",
  "permission-used": "use",
  "policy-imported": "policy",
  "policy-published": "policy",
  "policy-cancelled": "policy",
  "policy-answered": "policy",
  "person-invited": "person",
  "person-forgotten": "person",
  "staff-invited": "staff",
  "staff-joined": "staff",
  "staff-role-changed": "staff",
  "staff-disabled": "staff",
  "staff-enabled": "staff",
  "invitation-revoked": "staff",
  "key-created": "key",
  "key-rotated": "key",
  "key-revoked": "key",
  "webhook-created": "webhook",
  "webhook-changed": "webhook",
  "webhook-removed": "webhook",
  "settings-changed": "settings",
  "export-created": "export",
  "ledger-restored": "ledger",
};
const ofPersons: { readonly [K in Extract<Fact, { person: string }>["kind"]]: true } = { "permission-answered": true, "permission-used": true, "policy-answered": true, "person-invited": true, "person-forgotten": true };

/** What an entry is about, as an address within this ledger: `use:KEY`, `policy:KEY`, `export:WHAT`, `person`, `staff`, `settings`, `key`, `webhook`, `ledger`. */
export function subjectOf(fact: Fact): string {
  const about = aboutOf[fact.kind];
  if ("use" in fact) return `${about}:${fact.use}`;
  if ("policy" in fact) return `${about}:${fact.policy}`;
  return fact.kind === "export-created" ? `${about}:${fact.what}` : about;
}

/** Whether an entry of this kind can have this subject and be about a person; what is not given is not asked. */
export function canBeAbout(kind: FactKind, subject: string | undefined, person: string | undefined): boolean {
  return (subject === undefined || subject.split(":")[0] === aboutOf[kind]) && (person === undefined || Object.hasOwn(ofPersons, kind));
}

/** The person an entry is about, if it is about one. */
export function personOf(fact: Fact): string | null {
  return "person" in fact ? fact.person : null;
}
