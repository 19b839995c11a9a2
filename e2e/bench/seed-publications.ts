import { randomUUID } from "node:crypto";
import { inStory } from "@/lib/data/ledger/write";
import { house, type PersonActor } from "@/lib/domain/actor";
import { addPerson } from "@/lib/usecases/add-person";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { createApiKey } from "@/lib/usecases/create-api-key";
import { samplePolicies } from "@/prisma/seed/sample-policies";
import { addSampleWords, publishSamplePolicy, publishSampleUse } from "@/prisma/seed/sample-publications";
import { hireTeam } from "@/prisma/seed/sample-staff";
import { sampleUses } from "@/prisma/seed/sample-uses";

export type Team = Awaited<ReturnType<typeof hireTeam>>;
export type Published = {
  readonly team: Team;
  readonly apiKey: string;
  /** The use that everybody answers, the one that a thousand people answer, and a policy; each at its version. */
  readonly big: string;
  readonly small: string;
  readonly policy: { readonly key: string; readonly version: number; readonly answer: "accepted" | "acknowledged" };
};

const minute = 60_000;
export const refOf = (n: number): string => `bench-${n}`;

/** The sample shop's team, uses, prompts and policies, all published within an hour or so from `opening` on. */
export async function publishShop(opening: Date): Promise<Published> {
  const team = await hireTeam(opening);
  const { key: apiKey } = await inStory(opening, () => createApiKey(team.admin.actor, { requestId: randomUUID(), name: "Shop website", kind: "server", scopes: ["ask", "decide"], origins: [] }));
  if (apiKey === null) throw new Error("no API key was made");
  await inStory(opening, () => addSampleWords(team));
  const publications = [
    ...sampleUses.flatMap((use) => use.versions.map(({ at }, i) => ({ at, publish: (moment: string) => publishSampleUse(team, moved(use, moment), i + 1) }))),
    ...samplePolicies.flatMap((policy) => policy.versions.map(({ at }, i) => ({ at, publish: (moment: string) => publishSamplePolicy(team, moved(policy, moment), i + 1) }))),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const [i, { publish }] of publications.entries()) await publish(new Date(opening.getTime() + (i + 1) * minute).toISOString());

  const once = sampleUses.filter((use) => use.prompt !== null && use.versions.length === 1 && use.versions[0]?.terms.legalBasis === "consent");
  const [big, small] = once;
  const policy = samplePolicies.find(({ asks }) => asks === "accept") ?? samplePolicies[0];
  if (!big || !small || !policy) throw new Error("the sample shop has too few uses with one version");
  return { team, apiKey, big: big.key, small: small.key, policy: { key: policy.key, version: policy.versions.length, answer: policy.asks === "accept" ? "accepted" : "acknowledged" } };
}

/** The same, as if each version had been published at this moment. */
function moved<T extends { readonly versions: readonly { readonly at: string }[] }>(thing: T, at: string): T {
  return { ...thing, versions: thing.versions.map((version) => ({ ...version, at })) };
}

/** The first of the people answers everything as people do: what they were shown, the others were shown too. */
export async function answerFirst(at: Date): Promise<string> {
  const { id } = await addPerson(house, { ref: refOf(0), email: undefined, name: "Bench 0", locale: "en" });
  const person: PersonActor = { kind: "person", id, channel: "host" };
  const questions = await askQuestions(person);
  const answers = questions.map(({ token, choices }) => {
    const agree = choices.find(({ answer }) => answer !== "refused");
    if (!agree) throw new Error("a question without a yes");
    return { token, answer: agree.answer };
  });
  await inStory(at, () => answerQuestions(person, { requestId: randomUUID(), answers }));
  return id;
}
