import type { DecisionAsked, DecisionView } from "@/lib/contract/decision";
import { countDecision } from "@/lib/data/decision-tally";
import { readDecision, readDecisions, type DecisionRow } from "@/lib/data/decisions";
import { spendOnceGrants } from "@/lib/data/once-grants";
import { anyone, type Actor } from "@/lib/domain/actor";
import { decide as decideFrom, type Permission } from "@/lib/domain/decision";
import type { By } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * May the host use a person's data in this way now? Read from the truth at the moment of asking, never from a cache.
 * The key is looked up in the same statement, and judged before anything else that it found. An unknown person is
 * `never-asked`. Throws `not-found` for a use or version that is not published.
 */
export async function decide(apiKey: string, asked: DecisionAsked): Promise<DecisionView> {
  const facts = await readDecision({ person: asked.person, use: asked.use, version: asked.version ?? null, apiKey });
  const program = facts.program ?? anyone;
  authoriseProgram(program, "decide");
  const decided = view(asked, facts, "");
  const made = isForOnce(facts, decided) ? (await settled({ key: program.keyId }, [asked], [facts], () => ""))[0]! : decided;
  countDecision(asked.use, made.reason, program.keyId, asked.call);
  return made;
}

/** Many decisions with one query, in the order asked. */
export async function decideMany(actor: Actor, asked: readonly DecisionAsked[]): Promise<DecisionView[]> {
  authoriseProgram(actor, "decide");
  const made = await decideFor({ key: actor.keyId }, asked);
  made.forEach(({ use, reason }, i) => countDecision(use, reason, actor.keyId, asked[i]!.call));
  return made;
}

/** The same for within other use cases, which have authorised; not counted. `by` is who uses what is good for once. */
export const decideFor = async (by: By, asked: readonly DecisionAsked[]): Promise<DecisionView[]> => settled(by, asked, await readAll(asked), (place) => `decisions[${place}].`);

const readAll = (asked: readonly DecisionAsked[]): Promise<DecisionRow[]> =>
  readDecisions(asked.map((one) => ({ person: one.person, use: one.use, version: one.version ?? null, apiKey: null })));

/**
 * What is decided from these rows. A grant that is good for one decision is used by it, in the ledger, before it is
 * said; where somebody else was faster, the decision is made again from what stands then. Each round uses at least one
 * such grant or finds it gone, so the rounds end.
 */
async function settled(by: By, asked: readonly DecisionAsked[], rows: readonly DecisionRow[], pathOf: (place: number) => string): Promise<DecisionView[]> {
  const views = asked.map((one, place) => view(one, rows[place]!, pathOf(place)));
  const open = views.flatMap((decided, place) => (isForOnce(rows[place]!, decided) ? [place] : []));
  if (open.length === 0) return views;
  const used = await spendOnceGrants(by, open.map((place) => ({ person: rows[place]!.bounds!.person, use: asked[place]!.use, version: rows[place]!.requested!, of: rows[place]!.entryIndex! })));
  open.forEach((place, i) => {
    if (used[i]) views[place] = { ...views[place]!, once: true };
  });
  const lost = open.filter((_, i) => !used[i]);
  if (lost.length === 0) return views;
  const left = lost.map((place) => asked[place]!);
  const again = await settled(by, left, await readAll(left), (i) => pathOf(lost[i]!));
  lost.forEach((place, i) => (views[place] = again[i]!));
  return views;
}

/** Whether this yes is the one decision that the grant is good for. */
const isForOnce = ({ bounds }: DecisionRow, { allowed, reason }: DecisionView): boolean => bounds !== null && bounds.once && allowed && reason === "granted";

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
  const decision = decideFrom({
    requested: { version: row.requested, basis: row.basis },
    live: row.live === null || row.liveBasis === null ? null : { version: row.live, basis: row.liveBasis },
    permission: permissionOf(row, row.requested),
    carries: row.carries,
    ...(row.bounds === null ? {} : { declinedCarries: row.bounds.declinedCarries }),
    signal: row.signal,
    now: row.now,
  });
  return {
    ...decision,
    use: asked.use,
    version: row.requested,
    ...(row.answered === null ? {} : { answeredVersion: row.answered }),
    ...(row.answeredAt === null ? {} : { answeredAt: row.answeredAt.toISOString() }),
    ...(row.entryIndex === null ? {} : { index: row.entryIndex }),
    ...(row.bounds?.imported ? { imported: true } : {}),
  };
}

function permissionOf({ state, answered, expiresAt, bounds }: DecisionRow, requested: number): Permission | null {
  if (state === null) return null;
  const stands = { state, version: answered ?? requested, expiresAt };
  return bounds === null ? stands : { ...stands, declined: bounds.declined, spent: bounds.spent };
}
