import { isYes, saidIn, type Decided, type Log, type Span } from "./log";

const reasons = ["granted", "not-required", "never-asked", "refused", "withdrawn", "expired", "use-changed", "objected"];

/** Whether there is something of everything that the check is to be good for. */
export function everythingHappened(log: Log): boolean {
  const { decided, changes, published } = log;
  // Some, since what comes last may turn out to have been on its way.
  const some = (which: (one: Decided) => boolean) => decided.filter(which).length > 2;
  return (
    published.length > 5 &&
    changes.some(({ what }) => typeof what !== "string" && what.answer === "kept") &&
    reasons.every((reason) => decided.some((one) => one.reason === reason)) &&
    [bySignalAlone("never said anything")(log), bySignalAlone("said yes before")(log), yesKnowingOfSignal(log)].every(some)
  );
}

/**
 * Whether nothing but a signal that was heard before forbids this: whoever sent it has said nothing about the use, or yes.
 * Only of times in which nothing changed for them.
 */
export function bySignalAlone(they: "never said anything" | "said yes before"): (log: Log) => (one: Decided) => boolean {
  return (log) => {
    const said = saidIn(log);
    const alone = new Set(log.changes.flatMap(({ person, what }) => (what === "left alone" ? [person] : [])));
    const matches = ({ person, index }: Decided) => (they === "never said anything" ? index === null && !alone.has(person) : index !== null && isYes(said.get(index) ?? { answer: "objected" }));
    const changing = (one: Decided) => log.changes.some((change) => change.person === one.person && meet(one, change)) || log.published.some((version) => version.use === one.use && meet(one, version));
    return (one) => one.reason === "objected" && matches(one) && !changing(one);
  };
}

/** Whether a yes allows this that was given by somebody who was told of their signal. */
export function yesKnowingOfSignal(log: Log): (one: Decided) => boolean {
  const said = saidIn(log);
  return ({ reason, index }) => reason === "granted" && index !== null && said.get(index)?.told === true;
}

const meet = (one: Span, other: Span): boolean => one.began <= other.ended && other.began <= one.ended;
