import fc from "fast-check";
import type { Handshake, Heard } from "@/lib/client/client";
import { HandshakeRefusal } from "@/lib/client/errors";
import type { Receipts } from "@/lib/client/types";
import type { Log, Said, Span } from "./log";

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
  // A browser says it always or never; here it must leave room for everything else, too.
  signal: fc.oneof({ weight: 28, arbitrary: fc.constant("none") }, { weight: 1, arbitrary: fc.constant("with a question") }, { weight: 1, arbitrary: fc.constant("with an answer") }),
  leaveAlone: fc.constantFrom(false, false, false, true),
});
export type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const of = <T>(all: readonly T[], place: number): T => all[place % all.length]!;
/** Noes that leave everything as it is: what was asked about changed meanwhile, or there is nothing to do. */
const harmless = new Set(["question-superseded", "nothing-changed", "question-unknown", "not-found", "suppressed", "invalid"]);

/** Does it, and writes down what the receipts say about where the person stands. */
export async function act(stage: Stage, person: string, { what, use, choice, bound, lasts, asks, tells, signal, leaveAlone }: Deed): Promise<void> {
  const { gateways, uses, log } = stage;
  const [asked, told, about] = [of(gateways, asks), of(gateways, tells), of(uses, use)];
  try {
    if (what === "forget") {
      const began = performance.now();
      await told.forget(person, { leaveAlone });
      const ended = performance.now();
      for (const one of uses) log.changes.push({ began, ended, person, use: one, what: leaveAlone ? "left alone" : "forgotten" });
      return;
    }
    if (what === "take back") {
      await says(stage, person, signal === "with an answer", (heard) => told.withdraw(person, about, heard), { until: null, told: false });
      return;
    }
    const { questions } = await hears(stage, person, signal === "with a question", (heard) => asked.ask({ person, uses: [about] }, heard));
    const question = questions.find((one) => one.kind === "permission" && one.use === about);
    if (question?.kind !== "permission") return;
    const { answer } = of(question.choices, choice);
    const until = answer === "granted" && bound === "soon" ? Date.now() + lasts : null;
    const answering = { token: question.token, answer, ...(until === null ? {} : { until: new Date(until).toISOString() }), ...(answer === "granted" && bound === "once" ? { once: true } : {}) };
    await says(stage, person, signal === "with an answer", (heard) => told.answer({ person, answers: [answering] }, heard), { until, told: question.signal !== undefined });
  } catch (error) {
    if (!(error instanceof HandshakeRefusal) || !harmless.has(error.code)) throw error;
  }
}

/** Sends something, with the signal of the person's browser or without: it is heard whatever comes back, before that or after. */
async function hears<T>({ log, uses }: Stage, person: string, signal: boolean, send: (heard: Heard) => Promise<T>, note: (reply: T, span: Span) => void = () => undefined): Promise<T> {
  const began = performance.now();
  const heard = () => {
    if (signal) for (const use of uses) log.changes.push({ began, ended: performance.now(), person, use, what: "signal" });
  };
  try {
    const reply = await send(signal ? { secGpc: "1" } : {});
    const ended = performance.now();
    heard();
    note(reply, { began, ended });
    return reply;
  } finally {
    heard();
  }
}

/** The same for what a person says about one use. */
function says({ log, ...stage }: Stage, person: string, signal: boolean, send: (heard: Heard) => Promise<Receipts>, { until, told }: Pick<Said, "until" | "told">): Promise<Receipts> {
  return hears({ log, ...stage }, person, signal, send, ({ receipts }, span) => {
    const { use, answer, version, keeps, once, index } = receipts[0]!;
    if (use === undefined) throw new Error("a receipt about no use");
    // What is kept keeps its bounds too.
    const before = keeps === undefined ? undefined : log.changes.findLast((one) => one.person === person && one.use === use && typeof one.what !== "string")?.what;
    const bounds = typeof before === "object" ? { until: before.until, once: before.once } : { until, once: once === true };
    log.changes.push({ ...span, person, use, what: { answer: answer as Said["answer"], version, keeps: keeps ?? null, ...bounds, told, index } });
  });
}
