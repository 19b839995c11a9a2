import { standsAfter, type Stands } from "./answer";
import { answerOfStranger, decide, type Decision, type Permission, type PermissionState } from "./decision";
import type { AcceptanceState, Entry, PermissionAnswered } from "./entry";
import { inForceAt } from "./policy";
import type { LegalBasis } from "./terms";

/** What was in front of a person: the hex SHA-256 of it, and the entry that names it. */
export type WordsSeen = { readonly digest: string; readonly index: number };

/** Where a person stood with one thing: their last answer about it. */
export type Standing<State> = {
  readonly state: State;
  readonly version: number;
  readonly answeredAt: Date;
  /** The answer's entry. */
  readonly index: number;
  readonly channel: string;
  /** Hex SHA-256 of what this answer was given to; null where it needed no question. */
  readonly shown: string | null;
  /** The last words they saw about it: those of this answer, or of the one that it took back. */
  readonly words: WordsSeen | null;
};
export type UseStanding = Standing<PermissionState> &
  Stands & {
    readonly expiresAt: Date | null;
    /** When a grant that was good for one decision was used. */
    readonly usedAt: Date | null;
    /** Where an answer was brought in from, and when it was given there. */
    readonly imported: { readonly source: string; readonly answeredAt: Date } | null;
  };
export type PolicyStanding = Standing<AcceptanceState>;

/** By the keys of data uses and policies. Who is forgotten has no answers any more. */
export type Standings = {
  readonly uses: ReadonlyMap<string, UseStanding>;
  readonly policies: ReadonlyMap<string, PolicyStanding>;
  /** `suppressed`: they are to be left alone. */
  readonly forgotten: { readonly at: Date; readonly suppressed: boolean } | null;
};

/**
 * Where one person stood at an instant, from entries alone: each answer replaces the one before it, and forgetting ends
 * all of them for good. Entries are given oldest first; those of others and of other kinds may be among them.
 */
export function standingsOf(entries: readonly Entry[], person: string, at: Date): Standings {
  const uses = new Map<string, UseStanding>();
  const policies = new Map<string, PolicyStanding>();
  for (const entry of entries) {
    if (!("person" in entry) || entry.person !== person || isAfter(entry, at)) continue;
    if (entry.kind === "permission-answered") {
      const expiresAt = entry.expiresAt === null ? null : new Date(entry.expiresAt);
      uses.set(entry.use, { ...standing(entry, uses.get(entry.use)), ...standsAfter(entry), expiresAt, usedAt: null, imported: importOf(entry) });
    }
    if (entry.kind === "permission-used") {
      const granted = uses.get(entry.use);
      if (granted?.index === entry.of) uses.set(entry.use, { ...granted, usedAt: new Date(entry.at) });
    }
    if (entry.kind === "policy-answered") policies.set(entry.policy, { ...standing(entry, policies.get(entry.policy)), state: entry.answer });
    if (entry.kind === "person-forgotten") return { uses: new Map(), policies: new Map(), forgotten: { at: new Date(entry.at), suppressed: entry.suppressed } };
  }
  return { uses, policies, forgotten: null };
}

function standing(entry: Extract<Entry, { shown: string | null }>, before: Standing<unknown> | undefined): Omit<Standing<unknown>, "state"> {
  const { version, index, channel } = entry;
  // The sample's oldest answers name an empty digest where nothing was kept.
  const shown = entry.shown === "" ? null : entry.shown;
  return { version, index, channel, shown, answeredAt: new Date(entry.at), words: shown === null ? (before?.words ?? null) : { digest: shown, index } };
}

function importOf({ imported }: PermissionAnswered): UseStanding["imported"] {
  return imported ? { source: imported.source, answeredAt: new Date(imported.answeredAt) } : null;
}

/** One version of a data use, as its publication said. */
export type UsePublication = {
  readonly version: number;
  readonly basis: LegalBasis;
  /** Earlier versions whose answers reach this one. */
  readonly carriedFrom: readonly number[];
  /** Hex SHA-256 of its terms. */
  readonly digest: string;
  readonly publishedAt: Date;
};

/** A data use at an instant: the version in force, and every one published by then. */
export type UseThen = { readonly key: string; readonly live: UsePublication; readonly versions: ReadonlyMap<number, UsePublication> };

/** The data uses in force at an instant, by key. Entries oldest first. */
export function usesAt(entries: readonly Entry[], at: Date): Map<string, UseThen> {
  const found = new Map<string, UseThen>();
  for (const entry of entries) {
    if (entry.kind !== "use-published" || isAfter(entry, at)) continue;
    const { version, legalBasis: basis, carriedFrom, digest } = entry;
    const made: UsePublication = { version, basis, carriedFrom, digest, publishedAt: new Date(entry.at) };
    const before = found.get(entry.use);
    found.set(entry.use, {
      key: entry.use,
      live: before && before.live.version > version ? before.live : made,
      versions: new Map(before?.versions).set(version, made),
    });
  }
  return found;
}

/** Whether what one version asks is within what another one asked (see `covers` in compare-terms), by their numbers. */
export type Covers = (answered: number, requested: number) => boolean;

/**
 * What might have been done at an instant under one published version of a use.
 *
 * Whether an answer reached a newer version was recorded when that was published. Whether it reached an older one follows
 * from the terms of both, which never change.
 */
export function decisionAt(standings: Standings, use: UseThen, requested: UsePublication, at: Date, covers: Covers): Decision {
  const given = standings.uses.get(use.key);
  const permission = given ? permissionOf(given) : answerOfStranger(requested, standings.forgotten?.suppressed ?? false);
  const declined = permission?.declined ?? null;
  return decide({
    requested,
    live: use.live,
    permission,
    carries: permission !== null && reaches(permission.version, requested, covers),
    declinedCarries: declined !== null && reaches(declined, requested, covers),
    // The ledger tells of a signal by the objection that it became.
    signal: null,
    now: at,
  });
}

const permissionOf = ({ state, version, expiresAt, declined, usedAt }: UseStanding): Permission => ({ state, version, expiresAt, declined, spent: usedAt !== null });

function reaches(answered: number, requested: UsePublication, covers: Covers): boolean {
  if (answered === requested.version) return true;
  return answered < requested.version ? requested.carriedFrom.includes(answered) : covers(answered, requested.version);
}

/** The version of a policy in force at an instant. */
export type PolicyThen = { readonly version: number; readonly inForceFrom: Date };

/**
 * The policies in force at an instant, by key, as far as they were published by then. Entries oldest first. What was
 * called off never comes into force; an imported history is in force from its publication here on, not from the years
 * that it tells of.
 */
export function policiesAt(entries: readonly Entry[], at: Date): Map<string, PolicyThen> {
  const published = new Map<string, Map<number, { state: "published"; number: number; inForceFrom: Date }>>();
  for (const entry of entries) {
    if (isAfter(entry, at)) continue;
    if (entry.kind === "policy-cancelled") published.get(entry.policy)?.delete(entry.version);
    if (entry.kind !== "policy-published") continue;
    const versions = published.get(entry.policy) ?? new Map<number, never>();
    for (const { number, inForceFrom } of [...entry.history, { number: entry.version, inForceFrom: entry.inForceFrom }]) {
      versions.set(number, { state: "published", number, inForceFrom: new Date(inForceFrom) });
    }
    published.set(entry.policy, versions);
  }
  return new Map(
    [...published].flatMap(([policy, versions]) => {
      const live = inForceAt([...versions.values()], at);
      return live ? [[policy, { version: live.number, inForceFrom: live.inForceFrom }] as const] : [];
    }),
  );
}

/** Whether an entry was recorded only later; what was recorded at the instant itself counts. */
function isAfter(entry: Entry, at: Date): boolean {
  return Date.parse(entry.at) > at.getTime();
}
