import { randomUUID } from "node:crypto";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import { noteSignal, readSignalStandings, type SignalStanding } from "@/lib/data/signals";
import type { Actor } from "@/lib/domain/actor";
import type { By } from "@/lib/domain/entry";
import { signalObjects } from "@/lib/domain/signal";
import { authorisePerson } from "@/lib/usecases/authorise";

/** How an objection came that a browser made by its signal. */
const channel = "gpc";

/** Honours the signal of a person's own browser, on their own page. */
export async function honourMySignal(actor: Actor): Promise<void> {
  authorisePerson(actor);
  await honourSignal(actor.id, { person: actor.id });
}

/**
 * Global Privacy Control: from now on nothing is sold, shared or targeted by what is this person's, as far as the law
 * leaves it to them. Decisions follow it at once (`signalStands`). Objections are written once; against what is published
 * later and needs no yes when it is in force (`honourHeardSignals`), against the others when the signal next comes: they
 * wait for an answer anyway. For within other use cases, which have authorised.
 */
export async function honourSignal(person: string, by: By): Promise<void> {
  if (await noteSignal(person)) await objectBySignal(person, by);
}

/** Objects for somebody whose browser has sent the signal, now or earlier. For within other use cases, which have authorised. */
export async function objectBySignal(person: string, by: By): Promise<void> {
  const against = (await readSignalStandings(person)).filter(speaksAgainst);
  if (against.length === 0) return;
  await appendAnswers({
    by,
    requestId: randomUUID(),
    digest: digestOf({ signal: channel, uses: against.map(({ key, version }) => [key, version]) }),
    person,
    uses: against.map(({ id }) => id),
    policies: [],
    decide: ({ uses }, { known, identity, permissions }) =>
      against.flatMap(({ id, version, index }) => {
        const use = uses.get(id);
        // What was answered or published since it was judged is judged when the signal comes next.
        if (!known || use?.version !== version || (permissions.get(id)?.index ?? null) !== index) return [];
        return [{ about: id, fact: { kind: "permission-answered", v: 3, person, use: use.key, version, answer: "objected", shown: null, channel, identity, expiresAt: null } }];
      }),
  });
}

/** Whether the signal becomes an objection to this use now. */
function speaksAgainst({ basis, concern, state, carries, told }: SignalStanding): boolean {
  return signalObjects({ basis, concern, stand: state && { state, carries, told } });
}
