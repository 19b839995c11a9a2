import { createHash, createPublicKey, randomUUID, verify } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { receiptFile, type ReceiptFile } from "@/lib/contract/receipt";
import { closeDatabase, database } from "@/lib/data/client";
import { digestOf, sha256 } from "@/lib/data/digest";
import { settings } from "@/lib/data/settings/settings";
import { house, type PersonActor } from "@/lib/domain/actor";
import { roles } from "@/lib/domain/roles";
import { addPerson } from "@/lib/usecases/add-person";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newPerson, newStaff, publishTerms, publishText, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { readReceipt, readReceiptOf } from "@/lib/usecases/read-receipt";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

let base: TestDatabase;
let person: PersonActor;
let email: string;

beforeAll(async () => {
  base = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(async () => {
  email = `${randomUUID()}@example.test`;
  const { id } = await addPerson(house, { ref: randomUUID(), email, name: "Ines Berg", locale: "en" });
  person = { kind: "person", id, channel: "host" };
});

/** Answers what is asked about a use or policy, and gives back the place of the answer. */
async function answer(kind: "permission" | "policy", key: string, said: "granted" | "refused" | "accepted" | "acknowledged", who = person): Promise<number> {
  const { token } = await askQuestionsAgain(who, { kind, key });
  const [receipt] = await answerQuestions(who, { answers: [{ token, answer: said }], requestId: randomUUID() });
  return receipt?.index ?? -1;
}

const takeBack = async (use: string) => (await withdrawPermission(person, { use, requestId: randomUUID() })).index;

const hash = (...parts: readonly (string | Uint8Array)[]) => parts.reduce((digest, part) => digest.update(part), createHash("sha256")).digest();

/** Checks a receipt file from its own bytes, with nothing of ours: RFC 6962 §2.1.1, C2SP signed note, RFC 8032. */
function holds({ key, entry, proof }: ReceiptFile): boolean {
  const [head = "", ...note] = proof.split("\n\n");
  const [, indexLine = "", ...path] = head.split("\n");
  const [text = "", signed = ""] = [`${note[0] ?? ""}\n`, note[1]];
  const [, size = "0", root] = text.split("\n");
  const [vkeyName, , vkey = ""] = key.split("+");
  const publicKey = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key.slice(key.indexOf("+", key.indexOf("+") + 1) + 1), "base64").subarray(1)]), format: "der", type: "spki" });
  const signature = Buffer.from(signed.trim().split(" ").at(-1) ?? "", "base64").subarray(4);
  let [fn, sn, node] = [BigInt(indexLine.replace("index ", "")), BigInt(size) - 1n, hash(Buffer.of(0), entry)];
  for (const step of path.map((one) => Buffer.from(one, "base64"))) {
    if (fn % 2n === 1n || fn === sn) {
      node = hash(Buffer.of(1), step, node);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      node = hash(Buffer.of(1), node, step);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return vkey !== "" && text.startsWith(`${vkeyName}\n`) && sn === 0n && node.toString("base64") === root && verify(null, Buffer.from(text), publicKey, signature);
}

describe("a receipt file", () => {
  test("shows by itself that the answer is in the ledger, what was shown, and whose it is", async () => {
    const key = await askableUse();
    const index = await answer("permission", key, "granted");
    const { file } = await readReceipt(person, index);
    expect(receiptFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(holds(file)).toBe(true);
    expect(holds({ ...file, entry: file.entry.replace('"granted"', '"refused"') })).toBe(false);
    expect(holds({ ...file, proof: file.proof.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`) })).toBe(false);

    const row = await database().ledgerEntry.findUniqueOrThrow({ where: { index } });
    expect(file.entry).toBe(row.body);
    const entry = JSON.parse(file.entry);
    expect(entry).toMatchObject({ kind: "permission-answered", person: person.id, use: key, answer: "granted" });
    expect(hash(file.shown ?? "").toString("hex")).toBe(entry.shown);
    expect(JSON.parse(file.person?.identity ?? "")).toMatchObject({ email, name: "Ines Berg" });
    expect(hash(Buffer.from(file.person?.salt ?? "", "hex"), file.person?.identity ?? "").toString("hex")).toBe(entry.identity);
  });

  test("is the same, byte for byte, however much is recorded after it", async () => {
    const [first, second] = [await askableUse(), await askableUse()];
    const index = await answer("permission", first, "refused");
    const { file } = await readReceipt(person, index);
    await answer("permission", second, "granted");
    await answer("permission", first, "granted");
    expect((await readReceipt(person, index)).file).toEqual(file);
  });

  test("of every answer in a crowd holds", async () => {
    const key = await askableUse();
    const crowd = await Promise.all(Array.from({ length: 25 }, () => newPerson()));
    const places = await Promise.all(crowd.map((who) => answer("permission", key, "granted", who)));
    const receipts = await Promise.all(crowd.map((who, at) => readReceipt(who, places[at] ?? -1)));
    expect(receipts.map(({ file }) => holds(file))).toEqual(crowd.map(() => true));
  });
});

describe("whose receipt it is", () => {
  test("does not say who it was where the entry was made about somebody called otherwise", async () => {
    const key = await askableUse();
    const index = await answer("permission", key, "granted");
    expect((await readReceipt(person, index)).file.person).not.toBeNull();
    await database().person.update({ where: { id: person.id }, data: { commitment: Buffer.alloc(32, 7) } });
    expect((await readReceipt(person, index)).file.person).toBeNull();
  });

  test("nobody gets another person's, nor one for what is not an answer", async () => {
    const key = await askableUse();
    const index = await answer("permission", key, "granted");
    const published = await database().ledgerEntry.findFirstOrThrow({ where: { kind: "use-published" } });
    const other = await newPerson();
    for (const [who, place] of [[other, index], [person, Number(published.index)], [person, 1_000_000], [person, -1], [person, 0.5], [person, 2 ** 60]] as const) {
      expect((await refusalOf(readReceipt(who, place))).code).toBe("not-found");
    }
  });

  test("staff get anybody's file, without what would say who the person is", async () => {
    const index = await answer("permission", await askableUse(), "granted");
    const own = (await readReceipt(person, index)).file;
    for (const role of roles) {
      const file = await readReceiptOf(await newStaff(role), index);
      expect(file).toEqual({ ...own, person: null });
      expect(holds(file)).toBe(true);
      expect(JSON.stringify(file)).not.toContain(email);
    }
    const published = await database().ledgerEntry.findFirstOrThrow({ where: { kind: "use-published" } });
    expect((await refusalOf(readReceiptOf(await newStaff("compliance"), Number(published.index)))).code).toBe("not-found");
  });
});

/** The event's types, the notice and the policy of a receipt's record. */
function record(jsonld: unknown) {
  const at = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined);
  const found = at(jsonld, "dpv:hasRecordOfActivity");
  const notices = at(found, "dpv:hasNotice");
  const event = at(found, "dpv:hasConsentStatus") ?? at(found, "dpv:hasStatus");
  return { status: at(at(event, "@type"), "0"), notices: Array.isArray(notices) ? notices.map((one) => at(one, "@id")) : [], version: at(at(found, "dpv:hasProcess"), "schema:version") };
}

describe("the forms of others", () => {
  test("tell a first yes, a no, a withdrawal and a yes once more apart", async () => {
    const key = await askableUse();
    const no = await readReceipt(person, await answer("permission", key, "refused"));
    const yes = await readReceipt(person, await answer("permission", key, "granted"));
    const back = await readReceipt(person, await takeBack(key));
    const again = await readReceipt(person, await answer("permission", key, "granted"));
    expect([no, yes, back, again].map(({ jsonld }) => record(jsonld).status)).toEqual(["dpv:ConsentRefused", "dpv:ConsentGiven", "dpv:ConsentWithdrawn", "dpv:RenewedConsentGiven"]);
    // What is taken back is what was said yes to.
    expect(record(back.jsonld).notices[0]).toBe(`nih:sha-256;${hash(yes.file.shown ?? "").toString("hex")}`);
    expect([no, yes, back, again].map(({ kantara, view }) => [kantara !== null, view.formats.includes("kantara")])).toEqual([[false, false], [true, true], [false, false], [true, true]]);
    expect(yes.kantara).toMatchObject({ consentTimestamp: Math.floor(yes.view.at.getTime() / 1000), piiPrincipalId: person.id });
  });

  test("find an earlier yes behind hundreds of other answers", async () => {
    const key = await askableUse();
    await answer("permission", key, "granted");
    for (let round = 0; round < 101; round++) await answer("permission", key, "refused");
    expect(record((await readReceipt(person, await answer("permission", key, "granted"))).jsonld).status).toBe("dpv:RenewedConsentGiven");
  });

  test("speak of the version that was answered, and of the policy in force then", async () => {
    const key = await askableUse();
    const policy = `policy-${randomUUID()}`;
    await publishCiting(policy, key);
    const index = await answer("permission", key, "granted");
    await publishTerms(key, kept(24));
    await publishText(policy);
    const { jsonld, kantara } = await readReceipt(person, index);
    expect(record(jsonld).version).toBe("1");
    expect(record(jsonld).notices[1]).toBe(`${settings().webUrl}/policies/${policy}/versions/1`);
    expect(kantara).toMatchObject({ policyUrl: `${settings().webUrl}/policies/${policy}/versions/1` });
  });

  test("call an objection by its name", async () => {
    const key = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    const { jsonld, kantara, view } = await readReceipt(person, await takeBack(key));
    expect(record(jsonld)).toMatchObject({ status: "dpv:LegitimateInterestObjected", notices: [`${settings().webUrl}/policies`] });
    expect(kantara).toBeNull();
    expect(view).toMatchObject({ answer: "objected", shown: null, now: { kind: "permission", allowed: false, reason: "objected" } });
    expect(view.terms.length).toBeGreaterThan(0);
  });

  test("are not given for a policy: reading one is no consent", async () => {
    const policy = `policy-${randomUUID()}`;
    await publishText(policy);
    const { file, jsonld, kantara, view } = await readReceipt(person, await answer("policy", policy, "acknowledged"));
    expect([jsonld, kantara, view.formats]).toEqual([null, null, ["json"]]);
    expect(holds(file)).toBe(true);
    expect(view).toMatchObject({ kind: "policy", answer: "acknowledged", now: { kind: "policy", liveVersion: 1, waits: false } });
  });
});

describe("what a receipt says it means now", () => {
  test("follows what happened since", async () => {
    const key = await askableUse();
    const index = await answer("permission", key, "granted");
    const now = async () => (await readReceipt(person, index)).view.now;
    expect(await now()).toMatchObject({ kind: "permission", allowed: true, reason: "granted", changed: false });
    await publishTerms(key, kept(24));
    expect(await now()).toMatchObject({ kind: "permission", allowed: false, reason: "use-changed", changed: true, liveVersion: 2 });
    const later = await takeBack(key);
    expect(await now()).toMatchObject({ kind: "replaced", answer: "withdrawn", index: later });
  });

  test("is read beside exactly the words that were shown", async () => {
    const key = await askableUse();
    const question = (await askQuestions(person)).find((one) => one.kind === "permission" && one.use === key);
    const { view } = await readReceipt(person, await answer("permission", key, "granted"));
    expect(view).toMatchObject({ title: question?.title, digest: question?.digest, shown: { question: question?.question, terms: question?.terms }, person: { email, name: "Ines Berg" }, organisation: expect.any(String) });
  });
});

/** Publishes a policy for customers with a clause that describes this use. */
async function publishCiting(key: string, use: string): Promise<void> {
  const { id: useId } = await database().dataUse.findUniqueOrThrow({ where: { key: use }, select: { id: true } });
  const made = await database().policy.create({
    data: {
      key,
      title: key,
      audience: "customers",
      asks: "nothing",
      versions: {
        create: {
          number: 1,
          texts: { create: { locale: "en", title: key, markdown: "# Bikes", digest: sha256(Buffer.from("# Bikes")) } },
          citations: { create: { clause: "bikes", useId } },
        },
      },
    },
    select: { versions: { select: { id: true } } },
  });
  const approver = await newStaff("approver");
  await database().policyVersion.update({
    where: { id: made.versions[0]?.id ?? "" },
    data: { publishedAt: new Date(), publishedById: approver.id, inForceFrom: new Date(), askedSince: 1, digest: digestOf({ key }), entryIndex: 0n },
  });
}
