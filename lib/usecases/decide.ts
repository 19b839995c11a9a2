import type { DecisionAsked, DecisionView } from "@/lib/contract/decision";
import { countDecision } from "@/lib/data/decision-tally";
import { readDecision, readDecisions, type DecisionRow } from "@/lib/data/decisions";
import { anyone, type Actor } from "@/lib/domain/actor";
import { decide as decideFrom } from "@/lib/domain/decision";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * May the host use a person's data in this way now? Read from the truth at the moment of asking, never from a cache.
 * The key is looked up in the same statement, and judged before anything else that it found. An unknown person is
 * `never-asked`. Throws `not-found` for a use or version that is not published.
 */
export async function decide(apiKey: string, asked: DecisionAsked): Promise<DecisionView> {
  const facts = await readDecision({ person: asked.person, use: asked.use, version: asked.version ?? null, apiKey });
  authoriseProgram(facts.program ?? anyone, "decide");
  const made = view(asked, facts, "");
  countDecision(asked.use, made.reason, facts.program?.keyId ?? "", asked.call);
  return made;
}

/** Many decisions with one query, in the order asked. */
export async function decideMany(actor: Actor, asked: readonly DecisionAsked[]): Promise<DecisionView[]> {
  authoriseProgram(actor, "decide");
  const facts = await readDecisions(asked.map((one) => ({ person: one.person, use: one.use, version: one.version ?? null, apiKey: null })));
  const made = asked.map((one, i) => view(one, facts[i]!, `decisions[${i}].`));
  made.forEach(({ use, reason }, i) => countDecision(use, reason, actor.keyId, asked[i]!.call));
  return made;
}

function view(asked: DecisionAsked, row: DecisionRow, path: string): DecisionView {
  if (!row.known || (row.live === null && asked.version === undefined)) {
    throw new Refusal("not-found", `There is no published data use “${asked.use}”.`, {
      faults: [{ path: `${path}use`, message: "Not a published data use." }],
    });
  }
  if (row.requested === null || row.basis === null) {
    throw new Refusal("not-found", `The data use “${asked.use}” has no published version ${asked.version}.`, {
      faults: [{ path: `${path}version`, message: "Not a published version." }],
    });
  }
  const permission = row.state === null ? null : { state: row.state, version: row.answered ?? row.requested, expiresAt: row.expiresAt };
  const decision = decideFrom({
    requested: { version: row.requested, basis: row.basis },
    live: row.live === null || row.liveBasis === null ? null : { version: row.live, basis: row.liveBasis },
    permission,
    carries: row.carries,
    now: row.now,
  });
  return {
    ...decision,
    use: asked.use,
    version: row.requested,
    ...(row.answered === null ? {} : { answeredVersion: row.answered }),
    ...(row.answeredAt === null ? {} : { answeredAt: row.answeredAt.toISOString() }),
    ...(row.entryIndex === null ? {} : { index: row.entryIndex }),
  };
}
