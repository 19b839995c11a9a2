import type { Decided, Log, Said, Span } from "./log";
import { rulings, versionOf, type Basis, type Version } from "./ruling";

export type Finding = { readonly what: string; readonly decided: Decided; readonly possible: readonly string[] };

/**
 * Holds every decision against what happened: it must be right for some moment between its question and its answer. What
 * was acknowledged before it was asked has happened; what began only after it was answered has not.
 */
export function check(log: Log, basisOf: (use: string) => Basis): Finding[] {
  const uses = new Map<string, Log["published"]>();
  for (const one of log.published) uses.set(one.use, [...(uses.get(one.use) ?? []), one]);
  const versions = new Map([...uses].map(([use, all]) => [use, new Map<number, Version>(all.map((one) => [one.version, versionOf(one)]))]));
  const stands = new Map<string, Log["changes"]>();
  for (const one of log.changes) {
    const name = `${one.person} ${one.use}`;
    const all = stands.get(name);
    if (all) all.push(one);
    else stands.set(name, [one]);
  }
  const findings = log.decided.flatMap((decided): Finding[] => {
    const { person, use, asked, wall } = decided;
    const live = inForce(uses.get(use) ?? [], decided).map(({ version }) => version);
    const nothing = (what: string): Finding[] => [{ what, decided, possible: [] }];
    if (asked === null && !live.includes(decided.version)) return nothing(`version ${decided.version} was not live, but ${live.join(" or ")}`);
    if (asked !== null && asked !== decided.version) return nothing("another version was decided on than asked about");
    const states = [...inForce(stands.get(`${person} ${use}`) ?? [], decided), ...(isFirst(stands.get(`${person} ${use}`), decided) ? [{ said: null, leftAlone: false }] : [])];
    const possible = states.flatMap((state) => rulings({ ...state, basis: basisOf(use), versions: versions.get(use)!, requested: decided.version, wall }));
    if (!possible.includes(decided.reason)) return [{ what: decided.allowed ? "wrong or stale yes" : "wrong no", decided, possible }];
    if (decided.allowed !== (decided.reason === "granted" || decided.reason === "not-required")) return [{ what: "a yes for the reason of a no, or the reverse", decided, possible }];
    return [];
  });
  return [...findings, ...usedTwice(log)];
}

/** Those of a sequence that may have been in force at some moment of the span: begun before its end, and not replaced before its beginning. */
function inForce<T extends Span>(sequence: readonly T[], { began, ended }: Span): T[] {
  let from = 0;
  sequence.forEach((one, place) => {
    if (one.ended < began) from = place;
  });
  return sequence.slice(from).filter((one) => one.began <= ended);
}

/** Whether nothing that the sequence tells may have happened yet. */
const isFirst = (sequence: readonly Span[] | undefined, { began }: Span): boolean => !sequence?.some((one) => one.ended < began);

/** A grant for once is good for one yes; and before that yes was asked for it has not run out. */
function usedTwice(log: Log): Finding[] {
  const grants = new Map(log.changes.flatMap(({ person, use, said }): [string, Said][] => (said?.once ? [[`${person} ${use} ${said.index}`, said]] : [])));
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
