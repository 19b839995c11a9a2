import fc from "fast-check";
import type { Handshake } from "@/lib/client/client";
import { HandshakeRefusal } from "@/lib/client/errors";
import type { Receipt } from "@/lib/client/types";
import type { Change, Log, Said } from "./log";

export type Stage = {
  readonly gateways: readonly Handshake[];
  readonly uses: readonly string[];
  readonly log: Log;
  /** False once it is over. */
  readonly goesOn: () => boolean;
};

/** One thing that somebody does. Which choice and which gateway are numbers to be taken modulo what there is. */
export const deed = fc.record({
  what: fc.oneof({ weight: 10, arbitrary: fc.constant("answer") }, { weight: 3, arbitrary: fc.constant("take back") }, { weight: 1, arbitrary: fc.constant("forget") }),
  use: fc.nat(),
  // Of two choices mostly yes; of three now and then the third, to keep what was agreed to.
  choice: fc.constantFrom(0, 0, 1, 2),
  bound: fc.constantFrom("none", "none", "none", "soon", "once"),
  /** Until when, in milliseconds from now. */
  lasts: fc.integer({ min: 30, max: 400 }),
  asks: fc.nat(),
  tells: fc.nat(),
  leaveAlone: fc.constantFrom(false, false, false, true),
});
export type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const of = <T>(all: readonly T[], place: number): T => all[place % all.length]!;
/** Noes that leave everything as it is: what was asked about changed meanwhile, or there is nothing to do. */
const harmless = new Set(["question-superseded", "nothing-changed", "question-unknown", "not-found", "suppressed", "invalid"]);

/** Does it, and writes down what the receipts say about where the person stands. */
export async function act(stage: Stage, person: string, { what, use, choice, bound, lasts, asks, tells, leaveAlone }: Deed): Promise<void> {
  const { gateways, uses } = stage;
  const [asked, told, about] = [of(gateways, asks), of(gateways, tells), of(uses, use)];
  const began = performance.now();
  try {
    if (what === "forget") {
      await told.forget(person, { leaveAlone });
      const ended = performance.now();
      for (const one of uses) stage.log.changes.push({ began, ended, person, use: one, said: null, leftAlone: leaveAlone });
      return;
    }
    if (what === "take back") {
      const { receipts } = await told.withdraw(person, about);
      return note(stage, person, began, receipts[0]!, null);
    }
    const { questions } = await asked.ask({ person, uses: [about] });
    const question = questions.find((one) => one.kind === "permission" && one.use === about);
    if (!question) return;
    const { answer } = of(question.choices, choice);
    const until = answer === "granted" && bound === "soon" ? Date.now() + lasts : null;
    const answering = { token: question.token, answer, ...(until === null ? {} : { until: new Date(until).toISOString() }), ...(answer === "granted" && bound === "once" ? { once: true } : {}) };
    const sent = performance.now();
    const { receipts } = await told.answer({ person, answers: [answering] });
    note(stage, person, sent, receipts[0]!, until);
  } catch (error) {
    if (!(error instanceof HandshakeRefusal) || !harmless.has(error.code)) throw error;
  }
}

function note({ log }: Stage, person: string, began: number, { use, answer, version, keeps, once, index }: Receipt, until: number | null): void {
  if (use === undefined) throw new Error("a receipt about no use");
  // What is kept keeps its bounds too.
  const before = keeps === undefined ? undefined : log.changes.findLast((one) => one.person === person && one.use === use)?.said;
  const said: Said = { answer: answer as Said["answer"], version, keeps: keeps ?? null, until: before?.until ?? until, once: before?.once ?? once === true, index };
  const change: Change = { began, ended: performance.now(), person, use, said, leftAlone: false };
  log.changes.push(change);
}
