import { randomUUID } from "node:crypto";
import type { Household } from "@/lib/delivery/cli/household";
import { PlainError } from "@/lib/data/settings/plain-error";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";
import { sampleUses } from "@/prisma/seed/sample-uses";
import type { AskDecisions } from "./ask-decisions";
import { few, type Seeded } from "./seed";
import { refOf } from "./seed-publications";
import { median } from "./statistics";
import { atMost, millis, times, told, whole, type Row } from "./table";

/** How often each use is changed. */
const rounds = 9;

/** Changes the use that everybody answered and the one that few did, turn about, and looks at the next decisions. */
export async function measurePublishing(household: Household, seeded: Seeded, ask: AskDecisions): Promise<Row[]> {
  const taken = { big: [] as number[], small: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    household.goOn();
    taken.big.push(await change(seeded, seeded.big, round, ask));
    taken.small.push(await change(seeded, seeded.small, round, ask));
  }
  const [first = 0] = taken.big;
  const all = median(taken.big);
  const ratio = all / median(taken.small);
  const who = `${whole(seeded.people)} people who answered`;
  return [
    atMost(50, all, millis, { what: `Publish a changed use, ${who} (median of ${rounds})`, beside: `slowest ${millis(Math.max(...taken.big))}` }),
    atMost(50, first, millis, { what: "The first of these" }),
    told(`Publish a changed use, ${whole(few)} people who answered`, millis(median(taken.small)), `${whole(seeded.people)} people: ${times(ratio)}`),
    told("The decision right after each publication", "denied: use-changed", "under version 1: still allowed"),
  ];
}

/** @returns how long publishing took, in milliseconds */
async function change({ team, people }: Seeded, key: string, round: number, ask: AskDecisions): Promise<number> {
  const terms = sampleUses.find((use) => use.key === key)?.versions[0]?.terms;
  if (terms === undefined) throw new Error(`the sample shop lost ${key}`);
  const begun = await startDataUseDraft(team.officer.actor, { key });
  const retention = { kind: "period", count: 24 + round, unit: "months" } as const;
  const draft = await saveDataUseDraft(team.officer.actor, { ...begun, terms: { ...terms, retention }, changeNote: `Kept for ${retention.count} months.` });
  await proposeDataUse(team.officer.actor, draft);

  const began = performance.now();
  const published = await publishDataUse(team.approver.actor, { ...draft, replaces: draft.number - 1, requestId: randomUUID() });
  const took = performance.now() - began;

  // Number 0, 10, 20 … granted; few of the people answered the other use.
  const person = refOf(10 * (round % Math.floor(Math.min(people, few) / 10)));
  const [now, before] = await ask([{ person, use: key }, { person, use: key, version: 1 }]);
  const right = now?.allowed === false && now.reason === "use-changed" && now.version === published.version && before?.allowed === true && before.version === 1;
  if (!right) throw new PlainError(`After version ${published.version} of ${key} was published, the next decisions were wrong: ${JSON.stringify([now, before])}`);
  return took;
}
