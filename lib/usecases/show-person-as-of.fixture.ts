import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { policyImport } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import { inStory } from "@/lib/data/ledger/write";
import { findUseId } from "@/lib/data/permissions";
import { house, type PersonActor, type StaffActor } from "@/lib/domain/actor";
import type { Reask } from "@/lib/domain/decision";
import { Refusal } from "@/lib/domain/refusal";
import { addPerson } from "@/lib/usecases/add-person";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { kept, newStaff, publishTerms, publishWording } from "@/lib/usecases/ask-questions.fixture";
import { cancelPolicyVersion } from "@/lib/usecases/cancel-policy-version";
import { createPolicy } from "@/lib/usecases/create-policy";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { importPolicyHistory } from "@/lib/usecases/import-policy-history";
import { proposePolicyVersion } from "@/lib/usecases/propose-policy-version";
import { publishPolicyVersion } from "@/lib/usecases/publish-policy-version";
import { readPolicyDraft } from "@/lib/usecases/read-policy-draft";
import { savePolicyDraft } from "@/lib/usecases/save-policy-draft";
import { startPolicyDraft } from "@/lib/usecases/start-policy-draft";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

const minute = 60_000;
const two = fc.constantFrom<0 | 1>(0, 1);
const often = <A>(weight: number, arbitrary: fc.Arbitrary<A>) => ({ weight, arbitrary });

/** One thing that happens in a history, and how many minutes after the one before. Of people, uses and policies there are two each. */
export const happening = fc.oneof(
  often(4, fc.record({ what: fc.constant("terms"), after: fc.integer({ min: 1, max: 90 }), use: two, months: fc.constantFrom(6, 12, 24), basis: fc.constantFrom("consent" as const, "consent" as const, "consent" as const, "legitimate-interests" as const), reask: fc.constantFrom<Reask>("any", "wider") })),
  often(2, fc.record({ what: fc.constant("text"), after: fc.integer({ min: 1, max: 90 }), policy: two, later: fc.constantFrom("now", "now", "soon", "far") })),
  often(1, fc.record({ what: fc.constant("cancel"), after: fc.integer({ min: 1, max: 90 }), policy: two })),
  often(6, fc.record({ what: fc.constant("answer"), after: fc.integer({ min: 1, max: 90 }), person: two, use: two, answer: fc.constantFrom("granted" as const, "granted" as const, "refused" as const) })),
  often(2, fc.record({ what: fc.constant("bounded"), after: fc.integer({ min: 1, max: 90 }), person: two, use: two, lasts: fc.integer({ min: 1, max: 200 }) })),
  often(3, fc.record({ what: fc.constant("withdraw"), after: fc.integer({ min: 1, max: 90 }), person: two, use: two })),
  often(3, fc.record({ what: fc.constant("agree"), after: fc.integer({ min: 1, max: 90 }), person: two, policy: two, answer: fc.constantFrom("accepted" as const, "refused" as const) })),
  often(1, fc.record({ what: fc.constant("forget"), after: fc.integer({ min: 1, max: 90 }), person: fc.constant<0>(0), leaveAlone: fc.boolean() })),
);
export type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

export type Person = PersonActor & { readonly ref: string };

/** Two people, two data uses and two policies of their own; the second policy brings a history from elsewhere. */
export type World = {
  readonly officer: StaffActor;
  readonly approver: StaffActor;
  readonly compliance: StaffActor;
  readonly people: readonly [Person, Person];
  readonly uses: readonly [string, string];
  readonly policies: readonly [string, string];
};

export async function newWorld(): Promise<World> {
  const person = async (): Promise<Person> => {
    const ref = randomUUID();
    return { kind: "person", id: (await addPerson(house, { ref, email: undefined, name: undefined, locale: "en" })).id, channel: "host", ref };
  };
  const key = (kind: string) => `${kind}-${randomUUID()}`;
  return {
    officer: await newStaff("officer"),
    approver: await newStaff("approver"),
    compliance: await newStaff("compliance"),
    people: [await person(), await person()],
    uses: [key("use"), key("use")],
    policies: [key("policy"), key("policy")],
  };
}

/** Lets it happen at this moment, by the product's own roads. What is refused did not happen. */
export async function happen(world: World, one: Happening, at: Date): Promise<void> {
  try {
    await inStory(at, () => act(world, one, at));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

async function act(world: World, one: Happening, at: Date): Promise<void> {
  if ("months" in one) {
    await database().organisation.update({ where: { id: 1 }, data: { reask: one.reask } });
    const version = await publishTerms(world.uses[one.use], { ...kept(one.months), legalBasis: one.basis });
    if (version === 1) await publishWording(world.uses[one.use], "May we?");
  } else if ("later" in one) await publishText(world, world.policies[one.policy], one.policy === 1, momentFor(one.later, at));
  else if (one.what === "cancel" && "policy" in one) await cancelLast(world, world.policies[one.policy]);
  else if ("answer" in one && "use" in one) await answer(world.people[one.person], { kind: "permission", key: world.uses[one.use] }, one.answer);
  else if ("answer" in one) await answer(world.people[one.person], { kind: "policy", key: world.policies[one.policy] }, one.answer);
  else if ("lasts" in one) await grantUntil(world.people[one.person], world.uses[one.use], new Date(at.getTime() + one.lasts * minute));
  else if ("use" in one) await withdrawPermission(world.people[one.person], { use: world.uses[one.use], requestId: randomUUID() });
  else if ("leaveAlone" in one) await forgetPerson(world.compliance, { person: world.people[one.person].id, leaveAlone: one.leaveAlone, requestId: randomUUID() });
}

/** A scheduled moment within the story, or so far away that it has not come for the database's clock either and can be called off. */
function momentFor(later: string, at: Date): Date | null {
  if (later === "now") return null;
  return later === "soon" ? new Date(at.getTime() + 45 * minute) : new Date("2990-01-01T00:00:00.000Z");
}

async function answer(person: Person, about: { kind: "permission" | "policy"; key: string }, given: "granted" | "refused" | "accepted"): Promise<void> {
  const { token } = await askQuestionsAgain(person, about);
  await answerQuestions(person, { answers: [{ token, answer: given }], requestId: randomUUID() });
}

/** A grant that ends by itself; the ledger knows them, though no question offers one yet. */
async function grantUntil(person: Person, key: string, expiresAt: Date): Promise<void> {
  const use = await findUseId(database(), key);
  if (use === null) return;
  const requestId = randomUUID();
  await appendAnswers({
    by: { person: person.id },
    requestId,
    digest: digestOf({ requestId }),
    person: person.id,
    uses: [use],
    policies: [],
    decide(facts, { known, identity }) {
      const version = facts.uses.get(use)?.version;
      if (!known || version === undefined) return [];
      return [{ about: use, fact: { kind: "permission-answered", v: 3, person: person.id, use: key, version, answer: "granted", shown: null, channel: "host", expiresAt: expiresAt.toISOString(), identity } }];
    },
  });
}

async function publishText(world: World, key: string, imported: boolean, inForceFrom: Date | null): Promise<void> {
  const { officer, approver } = world;
  const requestId = randomUUID();
  const there = await database().policy.count({ where: { key } });
  const when = inForceFrom ? "later" : "now";
  if (!there && imported) {
    const input = policyImport.parse({ requestId, into: "new", title: "Terms", key, locale: "en", asks: "accept" });
    const text = (date: string) => ({ path: `${date}.md`, bytes: new TextEncoder().encode(`# ${date}`), date });
    await importPolicyHistory(officer, input, [text("2019-05-01"), text("2021-05-01")]);
    const last = await database().policyVersion.findFirstOrThrow({ where: { policy: { key } }, orderBy: { number: "desc" }, select: { id: true, number: true, revision: true } });
    await publishPolicyVersion(approver, { requestId: randomUUID(), key, draft: last.id, version: last.number, revision: last.revision, replaces: last.number - 1, when: "now", inForceFrom: null });
    return;
  }
  const begun = there ? await startPolicyDraft(officer, { key }) : await createPolicy(officer, { requestId, key, title: "Terms", audience: "customers", asks: "accept" });
  const seen = await savePolicyDraft(officer, { ...begun, texts: [{ locale: "en", title: "Terms", markdown: `# ${requestId}` }], changeNote: "", asking: "ask" });
  const { number: version } = await proposePolicyVersion(officer, seen);
  const { draft } = await readPolicyDraft(approver, { key });
  await publishPolicyVersion(approver, { ...seen, version, replaces: draft.replaces, requestId: randomUUID(), when, inForceFrom });
}

async function cancelLast({ approver }: World, key: string): Promise<void> {
  const last = await database().policyVersion.findFirst({ where: { policy: { key }, publishedAt: { not: null }, cancelledAt: null }, orderBy: { number: "desc" }, select: { number: true } });
  if (last) await cancelPolicyVersion(approver, { requestId: randomUUID(), key, version: last.number });
}
