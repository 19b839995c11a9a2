import { randomUUID } from "node:crypto";
import { emptyTerms } from "@/lib/contract/terms";
import { database } from "@/lib/data/client";
import { digestOf, sha256 } from "@/lib/data/digest";
import { house, type PersonActor, type StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import type { Role } from "@/lib/domain/roles";
import type { Terms } from "@/lib/domain/terms";
import { addPerson } from "@/lib/usecases/add-person";
import { createDataUse } from "@/lib/usecases/create-data-use";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";

/** For tests about questions: people, staff, and things to ask about, published by the real road where there is one. */
export const bikes: Terms = {
  ...emptyTerms,
  categories: ["user.behavior.browsing_history"],
  purpose: "personalize.content",
  retention: { kind: "period", count: 12, unit: "months" },
  places: ["DE"],
  sources: ["observed"],
  benefits: ["You see the bikes that fit you"],
};

export const kept = (count: number, unit: "days" | "months" = "months"): Terms => ({ ...bikes, retention: { kind: "period", count, unit } });

export async function newStaff(role: Role): Promise<StaffActor> {
  const made = await database().staff.create({ data: { email: `${randomUUID()}@example.test`, name: `The ${role}`, role, passwordHash: "-" } });
  return { kind: "staff", id: made.id, name: made.name, email: made.email, role };
}

export async function newPerson(locale = "en"): Promise<PersonActor> {
  const { id } = await addPerson(house, { ref: randomUUID(), email: undefined, name: undefined, locale });
  return { kind: "person", id, channel: "host" };
}

/** Publishes terms as the next version of a use and gives back its number; `ready` is told when there is only that left to do. */
export async function publishTerms(key: string, terms: Terms, ready: () => void = () => undefined): Promise<number> {
  const [officer, approver] = [await newStaff("officer"), await newStaff("approver")];
  const use = await database().dataUse.findUnique({ where: { key }, select: { versions: { where: { publishedAt: { not: null } }, orderBy: { number: "desc" }, take: 1 } } });
  const replaces = use?.versions[0]?.number ?? null;
  const started = use ? await startDataUseDraft(officer, { key }) : await createDataUse(officer, { requestId: randomUUID(), key, name: `Use ${key}` });
  const draft = await saveDataUseDraft(officer, { ...started, changeNote: "", terms });
  await proposeDataUse(officer, draft);
  ready();
  return (await publishDataUse(approver, { key, draft: draft.draft, revision: draft.revision, replaces, requestId: randomUUID() })).version;
}

/** Publishes the next wording of a use's prompt, one text a locale. */
export async function publishWording(key: string, question: string, locales: readonly string[] = ["en"]): Promise<void> {
  const use = await database().dataUse.findUniqueOrThrow({ where: { key }, select: { id: true } });
  const prompt = await database().prompt.upsert({ where: { useId: use.id }, create: { useId: use.id }, update: {}, select: { id: true } });
  const before = await database().promptVersion.findFirst({ where: { promptId: prompt.id }, orderBy: { number: "desc" }, select: { id: true, number: true } });
  const approver = await newStaff("approver");
  const version = await database().promptVersion.create({
    data: {
      promptId: prompt.id,
      number: (before?.number ?? 0) + 1,
      replacesId: before?.id ?? null,
      texts: {
        create: locales.map((locale) => ({ locale, title: `Bikes in ${locale}`, question, benefit: "Bikes that fit.", ifNo: "You see all bikes.", yesLabel: "Yes", noLabel: "No" })),
      },
    },
    select: { id: true },
  });
  await database().promptVersion.update({
    where: { id: version.id },
    data: { publishedAt: new Date(), publishedById: approver.id, digest: digestOf({ question }), entryIndex: 0n },
  });
}

/** A published use with a question, ready to be asked. */
export async function askableUse(terms: Terms = bikes): Promise<string> {
  const key = `use-${randomUUID()}`;
  await publishTerms(key, terms);
  await publishWording(key, "May we?");
  return key;
}

type PolicyWay = { asks?: "accept" | "acknowledge" | "nothing"; audience?: string; editorial?: boolean; inForceFrom?: Date; note?: string };

/** Publishes the next version of a policy, in force from the given moment (now). */
export async function publishText(key: string, way: PolicyWay = {}): Promise<number> {
  const policy = await database().policy.upsert({
    where: { key },
    create: { key, title: `Policy ${key}`, audience: way.audience ?? "customers", asks: way.asks ?? "acknowledge" },
    update: {},
    select: { id: true },
  });
  const before = await database().policyVersion.findFirst({ where: { policyId: policy.id }, orderBy: { number: "desc" } });
  const number = (before?.number ?? 0) + 1;
  const markdown = `# Version ${number}`;
  const version = await database().policyVersion.create({
    data: {
      policyId: policy.id,
      number,
      replacesId: before?.id ?? null,
      changeNote: way.note ?? "",
      texts: { create: { locale: "en", title: `Policy ${key}`, markdown, digest: sha256(Buffer.from(markdown)) } },
    },
    select: { id: true },
  });
  const approver = await newStaff("approver");
  const [{ now }] = await database().$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  await database().policyVersion.update({
    where: { id: version.id },
    data: {
      publishedAt: now,
      publishedById: approver.id,
      inForceFrom: way.inForceFrom ?? now,
      editorial: way.editorial ?? false,
      askedSince: way.editorial ? (before?.askedSince ?? number) : number,
      digest: digestOf({ key, number }),
      entryIndex: 0n,
    },
  });
  return number;
}

/** What a promise was refused with; fails when it was not. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error(`expected a refusal, got ${String(outcome)}`);
  return outcome;
}
