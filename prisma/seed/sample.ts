import { randomUUID } from "node:crypto";
import { insertApiKey, newApiKey } from "@/lib/data/api-keys";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { inStory, writeToLedger } from "@/lib/data/ledger/write";
import { insertPersonLink } from "@/lib/data/person-links";
import { findPersonIdByRef } from "@/lib/data/persons";
import { settings } from "@/lib/data/settings/settings";
import { recordAnswers, visits, welcome, type Customer } from "./sample-answers";
import { rememberForSample } from "./sample-memory";
import { demoPeople, samplePeople, type SamplePerson } from "./sample-people";
import { samplePolicies, type SamplePolicy } from "./sample-policies";
import { addSampleWords, publishImportedHistory, publishSamplePolicy, publishSampleUse, type Publishers } from "./sample-publications";
import { hireTeam, type SampleStaff } from "./sample-staff";
import { sampleUses, type SampleUse } from "./sample-uses";

/** What a client of the demo needs. */
export type SampleDemo = {
  readonly web: string;
  readonly gateway: string;
  readonly apiKey: string;
  readonly staff: { email: string; password: string; role: string }[];
  readonly customers: { ref: string; email: string; link: string }[];
};

const day = 86_400_000;
const opening = new Date("2025-01-10T08:00:00Z");
const today = new Date("2026-11-20T18:00:00Z");
const peopleInAll = 2_000;

/**
 * Fills an empty database with the sample shop: its team, six data uses and three policies over nearly two years, and
 * 2,000 people with what they answered meanwhile. The same on every machine, but for random ids and keys.
 */
export async function seedSample(): Promise<SampleDemo> {
  const team = await hireTeam(opening);
  const shop = await openGateway(team.admin, new Date(opening.getTime() + 60_000));
  await addSampleWords(team);
  await publishImportedHistory(team, new Date(opening.getTime() + 120_000));
  await tellStory(team, shop.id);
  await rememberForSample(shop.id);
  return {
    web: settings().webUrl,
    gateway: settings().gatewayUrl,
    apiKey: shop.key,
    staff: Object.values(team).map(({ actor, password }) => ({ email: actor.email, password, role: actor.role })),
    customers: await sampleLinks(),
  };
}

/** Fresh one-time links for the people who have a part in the demo: those of the last start may be used or too old. */
export async function sampleLinks(): Promise<SampleDemo["customers"]> {
  const now = await databaseNow(database());
  return Promise.all(
    demoPeople.map(async ({ ref, email }) => {
      const id = await findPersonIdByRef(database(), ref);
      if (id === null) throw new Error(`the demo lost ${ref}`);
      return { ref, email, link: (await insertPersonLink(database(), id, "staff", now)).link };
    }),
  );
}

async function openGateway({ actor }: SampleStaff, at: Date): Promise<{ id: string; key: string }> {
  const { key, prefix } = newApiKey();
  const id = await inStory(at, () =>
    writeToLedger(
      { staff: actor.id },
      randomUUID(),
      async ({ tx, now, append }) => {
        const scopes = ["ask", "decide", "remember", "audit"] as const;
        const id = await insertApiKey(tx, { name: "Shop website", key, prefix, scopes, createdById: actor.id, now });
        append({ kind: "key-created", v: 1, key: id, scopes });
        return id;
      },
      () => {
        throw new Error("the gateway was opened before");
      },
    ),
  );
  return { id, key };
}

type Publication = { at: number; publish: () => Promise<void> };

/** Publications at their moments, and between them, day by day, what people answered through the shop's key. */
async function tellStory(team: Publishers, shop: string): Promise<void> {
  const uses = new Map<SampleUse, number>();
  const policies = new Map<SamplePolicy, number>();
  const publications: Publication[] = [
    ...sampleUses.flatMap((use) =>
      use.versions.map(({ at }, i) => ({ at: Date.parse(at), publish: async () => (await publishSampleUse(team, use, i + 1), void uses.set(use, i + 1)) })),
    ),
    ...samplePolicies.flatMap((policy) =>
      policy.versions.map(({ at }, i) => ({ at: Date.parse(at), publish: async () => (await publishSamplePolicy(team, policy, i + 1), void policies.set(policy, i + 1)) })),
    ),
  ].sort((a, b) => a.at - b.at);

  const others = demoPeople.slice(1).map((person): SamplePerson => ({ ...person, locale: person.name.startsWith("Lena") ? "de" : "en", joined: new Date("2025-06-01T10:00:00Z") }));
  const coming = [...samplePeople(peopleInAll - demoPeople.length, opening, today), ...others].sort((a, b) => a.joined.getTime() - b.joined.getTime());
  const customers: Customer[] = [];
  for (let until = opening.getTime(); until < today.getTime(); ) {
    until = Math.min(until + day, today.getTime());
    while (publications[0] && publications[0].at <= until) await publications.shift()?.publish();
    const joined = coming.filter((person) => person.joined.getTime() <= until);
    coming.splice(0, joined.length);
    customers.push(...(await welcome(joined)));
    await recordAnswers(shop, new Date(until), visits(customers, { uses, policies }, until));
  }
  // The one with the lead: here since yesterday, and not asked anything yet.
  await welcome(demoPeople.slice(0, 1).map((person): SamplePerson => ({ ...person, locale: "en", joined: today })));
}
