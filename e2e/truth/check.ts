import type { Change, Decided, Log, Said, Span } from "./log";
import { objecting, rulings, stranger, versionOf, type Basis, type Standing, type Use, type Version } from "./ruling";

export type Finding = { readonly what: string; readonly decided: Decided; readonly possible: readonly string[] };

/**
 * Holds every decision against what happened: it must be right for some moment between its question and its answer. What
 * was acknowledged before it was asked has happened; what began only after it was answered has not.
 */
export function check(log: Log, basisOf: (use: string) => Basis): Finding[] {
  const uses = new Map([...grouped(log.published, ({ use }) => use)].map(([use, published]): [string, Known] => [use, { basis: basisOf(use), published, versions: new Map(published.map((one): [number, Version] => [one.version, versionOf(one)])) }]));
  const changes = grouped(log.changes, nameOf);
  const stands = new Map([...changes].map(([name, all]) => [name, standings(uses.get(all[0]!.use)!, all)]));
  const findings = log.decided.flatMap((decided): Finding[] => {
    const { asked, wall, version: requested } = decided;
    const use = uses.get(decided.use)!;
    const live = inForce(use.published, decided).map(({ version }) => version);
    const nothing = (what: string): Finding[] => [{ what, decided, possible: [] }];
    if (asked === null && !live.includes(requested)) return nothing(`version ${requested} was not live, but ${live.join(" or ")}`);
    if (asked !== null && asked !== requested) return nothing("another version was decided on than asked about");
    const states = inForce(stands.get(nameOf(decided)) ?? [begin], decided).flatMap(({ possible }) => possible);
    const possible = states.flatMap((standing) => (asked === null ? [requested] : live).flatMap((one) => rulings({ ...use, standing, requested, live: one, wall })));
    if (!possible.includes(decided.reason)) return [{ what: decided.allowed ? "wrong or stale yes" : "wrong no", decided, possible }];
    if (decided.allowed !== (decided.reason === "granted" || decided.reason === "not-required")) return [{ what: "a yes for the reason of a no, or the reverse", decided, possible }];
    return [];
  });
  return [...findings, ...usedTwice(log)];
}

type Known = Use & { readonly published: Log["published"] };
type Stands = Span & { readonly possible: readonly Standing[] };

const nameOf = ({ person, use }: Pick<Change, "person" | "use">): string => `${person} ${use}`;
/** Before anything happened. */
const begin: Stands = { began: -Infinity, ended: -Infinity, possible: [stranger] };

/** Where somebody may stand with a use after each change. */
function standings(use: Known, changes: readonly Change[]): Stands[] {
  const sequence = [begin];
  for (const { began, ended, what } of changes) {
    const before = sequence.at(-1)!.possible;
    const after = what === "signal" ? before.flatMap((one) => signalled(use, one, { began, ended })) : before.map((one) => moved(one, what));
    sequence.push({ began, ended, possible: [...new Map(after.map((one) => [JSON.stringify(one), one])).values()] });
  }
  return sequence;
}

function moved({ heard }: Standing, what: Exclude<Change["what"], "signal">): Standing {
  if (typeof what === "string") return { ...stranger, leftAlone: what === "left alone" };
  const { index: _, ...said } = what;
  return { said, leftAlone: false, heard };
}

/** A signal becomes an objection to what is in force; while another version comes, it may be to either, or only be heard. */
function signalled(use: Known, standing: Standing, span: Span): Standing[] {
  const live = inForce(use.published, span).map(({ version }) => objecting(use, standing, version));
  return live.length === 1 ? live : [...live, { ...standing, heard: true }];
}

function grouped<T>(all: readonly T[], name: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(name(one));
    if (group) group.push(one);
    else groups.set(name(one), [one]);
  }
  return groups;
}

/** Those of a sequence that may have been in force at some moment of the span: begun before its end, and not replaced before its beginning. */
function inForce<T extends Span>(sequence: readonly T[], { began, ended }: Span): T[] {
  let from = 0;
  sequence.forEach((one, place) => {
    if (one.ended < began) from = place;
  });
  return sequence.slice(from).filter((one) => one.began <= ended);
}

/** A grant for once is good for one yes; and before that yes was asked for it has not run out. */
function usedTwice(log: Log): Finding[] {
  const grants = new Map(log.changes.flatMap(({ person, use, what }): [string, Said][] => (typeof what !== "string" && what.once ? [[`${person} ${use} ${what.index}`, what]] : [])));
  const findings: Finding[] = [];
  for (const [name, said] of grants) {
    const about = log.decided.filter((one) => `${one.person} ${one.use} ${one.index}` === name);
    const yes = about.filter((one) => one.allowed);
    if (yes.length > 1) findings.push({ what: `a grant for once was used ${yes.length} times`, decided: yes[1]!, possible: ["expired"] });
    const early = about.find((one) => one.reason === "expired" && !yes.some((used) => used.began <= one.ended) && (said.until === null || one.wall.ended < said.until - 5));
    if (early) findings.push({ what: "a grant for once ran out before it was used", decided: early, possible: ["granted"] });
  }
  return findings;
}
