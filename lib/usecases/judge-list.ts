import { readListDecisions, standOf, type ListFacts } from "@/lib/data/list-decisions";
import { decide, type Decision } from "@/lib/domain/decision";
import type { By } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { refIn } from "@/lib/contract/list";
import { decideFor } from "@/lib/usecases/decide";

/**
 * What may be done now with the data of each of these people, in order; one query for all of them. `cells` are as the
 * list has them. A grant that is good for one decision is used by being on the list. Throws `not-found` for a use or version that is not published. Whoever calls has authorised.
 */
export async function judgeList(by: By, use: string, version: number | null, cells: readonly string[]): Promise<Decision[]> {
  const facts = await readListDecisions(use, version, cells.map(refIn));
  if (!facts.known || (facts.live === null && version === null)) {
    throw new Refusal("not-found", `There is no published data use “${use}”.`, { faults: [{ path: "use", message: "Not a published data use." }] });
  }
  const { requested, basis } = facts;
  if (requested === null || basis === null) {
    throw new Refusal("not-found", `The data use “${use}” has no published version ${version}.`, { faults: [{ path: "version", message: "Not a published version." }] });
  }
  const known = new Map<string, Decision>();
  const made = facts.stands.map((written) => {
    const before = known.get(written);
    if (before) return before;
    const decision = judge({ ...facts, requested, basis }, written);
    known.set(written, decision);
    return decision;
  });
  // Few are good for one decision only; each of these is made, and used, as any single one.
  const forOnce = facts.stands.flatMap((written, place) => (written.includes(".once") && made[place]?.reason === "granted" ? [place] : []));
  if (forOnce.length === 0) return made;
  const used = await decideFor(by, forOnce.map((place) => ({ person: refIn(cells[place]!)!, use, version: requested })));
  forOnce.forEach((place, i) => (made[place] = used[i]!));
  return made;
}

type Judged = ListFacts & { readonly requested: number; readonly basis: NonNullable<ListFacts["basis"]> };

function judge({ requested, basis, live, liveBasis, concern, liveConcern, carries, now }: Judged, written: string): Decision {
  const { answer, signal } = standOf(written);
  const answered = answer?.version ?? requested;
  const reaches = (version: number) => carries[String(version)] ?? version === requested;
  return decide({
    requested: { version: requested, basis },
    live: live === null || liveBasis === null ? null : { version: live, basis: liveBasis },
    permission: answer && { state: answer.state, version: answered, expiresAt: null, spent: answer.ended, declined: answer.declined },
    carries: reaches(answered),
    declinedCarries: answer !== null && answer.declined !== null && reaches(answer.declined),
    signal: signal && { requested: concern, live: liveConcern, told: signal === "told" },
    now,
  });
}
