import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { parseEntry } from "@/lib/data/ledger/write";
import { claimMail } from "@/lib/data/outbox";
import { insertPersonLink } from "@/lib/data/person-links";
import { insertPersons } from "@/lib/data/persons";
import { anyone, house, type ProgramActor, type StaffActor } from "@/lib/domain/actor";
import { addPerson } from "@/lib/usecases/add-person";
import { newPerson, newStaff, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { endPersonSession } from "@/lib/usecases/end-person-session";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { invitePerson } from "@/lib/usecases/invite-person";
import { listPeople } from "@/lib/usecases/list-people";
import { findPersonBy } from "@/lib/usecases/list-people-find";
import { mintPersonLink } from "@/lib/usecases/mint-person-link";
import { mintPersonLinkByStaff } from "@/lib/usecases/mint-person-link-by-staff";
import { openPersonLink } from "@/lib/usecases/open-person-link";
import { previewPersonLink } from "@/lib/usecases/open-person-link-preview";
import { recognisePerson } from "@/lib/usecases/recognise-person";
import { requestPersonLink } from "@/lib/usecases/request-person-link";
import { showPerson } from "@/lib/usecases/show-person";

let base: TestDatabase;
let officer: StaffActor;
const host: ProgramActor = { kind: "program", keyId: randomUUID(), scopes: ["ask"], person: null };

beforeAll(async () => {
  process.env["SMTP_URL"] = "smtp://127.0.0.1:1";
  base = await openTestDatabase();
  officer = await newStaff("officer");
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});

const tokenIn = (text: string): string => /\/me\/open\/([\w-]+)/.exec(text)?.[1] ?? "";
const address = () => `${randomUUID()}@example.test`;

describe("a link", () => {
  test("opens once for ten at once, and looking at it does not use it", async () => {
    const ref = randomUUID();
    const token = tokenIn((await mintPersonLink(host, ref)).link);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect([await previewPersonLink(token), await previewPersonLink(token)]).toEqual(["open", "open"]);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => openPersonLink(token).then(({ cookie }) => cookie, (error: { code?: string }) => error.code)));
    const cookies = outcomes.filter((one) => one !== "link-used");
    expect(cookies).toHaveLength(1);
    expect(await previewPersonLink(token)).toBe("used");
    expect(await recognisePerson(cookies[0] ?? "")).toEqual({ kind: "person", id: await findPersonBy(officer, ref), channel: "host" });
    expect(await database().personSession.count({ where: { personId: await findPersonBy(officer, ref) } })).toBe(1);
  });

  test("that ran out says so, and what was never one is not found", async () => {
    const person = await newPerson();
    const { link } = await insertPersonLink(database(), person.id, "mail", new Date(Date.now() - 31 * 60_000));
    expect(await previewPersonLink(tokenIn(link))).toBe("expired");
    expect((await refusalOf(openPersonLink(tokenIn(link)))).code).toBe("link-expired");
    expect((await refusalOf(openPersonLink("x".repeat(43)))).code).toBe("not-found");
  });

  test("is not kept itself, only its digest", async () => {
    const token = tokenIn((await mintPersonLink(host, randomUUID())).link);
    const [row] = await database().$queryRaw<[{ found: bigint }]>`SELECT count(*) AS found FROM person_link l WHERE l::text LIKE ${`%${token}%`} OR l.digest = ${Buffer.from(token)}`;
    expect(Number(row.found)).toBe(0);
  });

  test("of somebody who was forgotten opens nothing, and their sessions end", async () => {
    const ref = randomUUID();
    const [open, used] = [tokenIn((await mintPersonLink(host, ref)).link), tokenIn((await mintPersonLink(host, ref)).link)];
    const { cookie } = await openPersonLink(used);
    await forgetPerson(await newStaff("compliance"), { person: await findPersonBy(officer, ref), leaveAlone: false, requestId: randomUUID() });
    expect((await refusalOf(openPersonLink(open))).code).toBe("not-found");
    expect(await recognisePerson(cookie)).toBeNull();
  });

  test("is minted only by a program that may ask", async () => {
    expect((await refusalOf(mintPersonLink({ ...host, scopes: ["decide"] }, randomUUID()))).code).toBe("forbidden");
    expect((await refusalOf(mintPersonLink(anyone, randomUUID()))).code).toBe("signed-out");
  });
});

describe("a session", () => {
  test("ends at once with signing out, and its word for how the person came cannot be exchanged", async () => {
    const { cookie } = await openPersonLink(tokenIn((await mintPersonLink(host, randomUUID())).link));
    expect(await recognisePerson(cookie)).toMatchObject({ channel: "host" });
    expect(await recognisePerson(cookie.replace(/^host/, "staff"))).toBeNull();
    await endPersonSession(cookie);
    expect(await recognisePerson(cookie)).toBeNull();
  });
});

describe("asking for a link by mail", () => {
  test("says the same for a known and an unknown address; only the known one gets mail", async () => {
    const email = address();
    await addPerson(house, { email, ref: undefined, name: "Ana", locale: undefined });
    expect(await requestPersonLink(address(), "203.0.113.1")).toBe(await requestPersonLink(email, "203.0.113.1"));
    const mail = (await claimMail())?.mail;
    expect(mail?.to).toBe(email);
    expect(await claimMail()).toBeNull();
    expect(await previewPersonLink(tokenIn(mail?.text ?? ""))).toBe("open");
  });

  test("is limited per account, known or not, and per address", async () => {
    const email = address();
    for (let attempt = 0; attempt < 3; attempt++) await requestPersonLink(email, `203.0.113.${10 + attempt}`);
    expect((await refusalOf(requestPersonLink(email, "203.0.113.20"))).code).toBe("too-many-attempts");
    for (let attempt = 0; attempt < 20; attempt++) await requestPersonLink(address(), "203.0.113.30");
    expect((await refusalOf(requestPersonLink(address(), "203.0.113.30"))).code).toBe("too-many-attempts");
  });
});

describe("staff", () => {
  test("invite somebody once, however often the form is sent, and the ledger says so without an address", async () => {
    const [email, requestId] = [address(), randomUUID()];
    const { id } = await addPerson(officer, { email, ref: undefined, name: undefined, locale: undefined });
    await Promise.all(Array.from({ length: 20 }, () => invitePerson(officer, { person: id, requestId })));
    const [mail, more] = [await claimMail(), await claimMail()];
    expect([mail?.mail.to, more]).toEqual([email, null]);
    const rows = await database().ledgerEntry.findMany({ where: { personId: id } });
    expect(rows.map((row) => parseEntry(row.body))).toMatchObject([{ kind: "person-invited", person: id, channel: "invitation", by: { staff: officer.id } }]);
    expect(rows[0]?.body).not.toContain(email);
  });

  test("create a link of which the ledger knows, the same for the same request", async () => {
    const { id } = await newPerson();
    const requestId = randomUUID();
    const links = await Promise.all(Array.from({ length: 20 }, () => mintPersonLinkByStaff(officer, { person: id, requestId })));
    expect(new Set(links.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await database().personLink.count({ where: { personId: id } })).toBe(1);
    expect((await openPersonLink(tokenIn(links[0]?.link ?? ""))).cookie).toMatch(/^staff\./);
    expect(await database().ledgerEntry.count({ where: { personId: id, kind: "person-invited" } })).toBe(1);
  });

  test("are told when a request is sent again for somebody else, and nobody is invited by it", async () => {
    const [{ id }, { id: other }] = [await newPerson(), await newPerson()];
    const [link, mail] = [randomUUID(), randomUUID()];
    const known = await addPerson(officer, { email: address(), ref: undefined, name: undefined, locale: undefined });
    await mintPersonLinkByStaff(officer, { person: id, requestId: link });
    await invitePerson(officer, { person: known.id, requestId: mail });
    await claimMail();
    expect((await refusalOf(mintPersonLinkByStaff(officer, { person: other, requestId: link }))).code).toBe("idempotency-conflict");
    expect((await refusalOf(invitePerson(officer, { person: id, requestId: link }))).code).toBe("idempotency-conflict");
    expect((await refusalOf(invitePerson(officer, { person: other, requestId: mail }))).code).toBe("idempotency-conflict");
  });

  test("who may only read cannot invite, add or create links", async () => {
    const [reader, { id }] = [await newStaff("compliance"), await newPerson()];
    expect((await refusalOf(invitePerson(reader, { person: id, requestId: randomUUID() }))).code).toBe("forbidden");
    expect((await refusalOf(mintPersonLinkByStaff(reader, { person: id, requestId: randomUUID() }))).code).toBe("forbidden");
    expect((await refusalOf(addPerson(reader, { email: address(), ref: undefined, name: undefined, locale: undefined }))).code).toBe("forbidden");
    expect((await refusalOf(listPeople(anyone, {}))).code).toBe("signed-out");
    expect(await showPerson(reader, id, null)).toMatchObject({ id, may: { invite: false, link: false } });
  });
});

describe("people", () => {
  test("the same person twenty times at once is one", async () => {
    const [ref, email] = [randomUUID(), address()];
    const added = await Promise.all(Array.from({ length: 20 }, () => addPerson(house, { ref, email, name: "Ana", locale: undefined })));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(added.filter((one) => one.added)).toHaveLength(1);
  });

  test("a ref and an address of two people are not taken for one", async () => {
    const [ref, email] = [randomUUID(), address()];
    await addPerson(house, { ref, email: undefined, name: undefined, locale: undefined });
    await addPerson(house, { ref: undefined, email, name: undefined, locale: undefined });
    expect((await refusalOf(addPerson(house, { ref, email, name: undefined, locale: undefined }))).code).toBe("name-taken");
  });

  test("lie sealed: neither name, address nor ref stands in any row", async () => {
    const [ref, email, name] = [randomUUID(), address(), `Ana ${randomUUID()}`];
    const { id } = await addPerson(house, { ref, email, name, locale: undefined });
    const [row] = await database().$queryRaw<[{ text: string }]>`SELECT person::text AS text FROM person WHERE id = ${id}::uuid`;
    for (const secret of [ref, email, name]) {
      expect(row.text).not.toContain(secret);
      expect(row.text).not.toContain(Buffer.from(secret).toString("hex"));
    }
    expect(await showPerson(officer, id, null)).toMatchObject({ ref, email, name });
  });

  test("are found by exactly their ref or address, in any case of the latter", async () => {
    const [ref, email] = [`Ref-${randomUUID()}`, address()];
    const { id } = await addPerson(house, { ref, email, name: undefined, locale: undefined });
    expect(await findPersonBy(officer, ref)).toBe(id);
    expect(await findPersonBy(officer, email.toUpperCase())).toBe(id);
    expect((await refusalOf(findPersonBy(officer, ref.toLowerCase()))).code).toBe("not-found");
  });

  test("come in by thousands, and are paged both ways without gaps", async () => {
    const before = (await listPeople(officer, {})).total;
    const list = Array.from({ length: 2_000 }, (_, place) => ({ ref: `bulk-${place}`, email: null, name: `Person ${place}`, locale: "en" }));
    expect(await insertPersons(list)).toHaveLength(2_000);
    expect(await insertPersons(list)).toEqual([]);
    const first = await listPeople(officer, {});
    expect([first.total, first.newer, first.people.length]).toEqual([before + 2_000, null, 25]);
    const second = await listPeople(officer, { older: first.older ?? "" });
    const third = await listPeople(officer, { older: second.older ?? "" });
    expect(new Set([first, second, third].flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(75);
    expect((await listPeople(officer, { newer: third.newer ?? "" })).people).toEqual(second.people);
    expect(await listPeople(officer, { newer: second.newer ?? "" })).toMatchObject({ people: first.people, newer: null });
    expect((await listPeople(officer, { older: randomUUID() })).people).toEqual(first.people);
  });
});
