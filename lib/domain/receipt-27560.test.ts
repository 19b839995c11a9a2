import jsonld from "jsonld";
import { describe, expect, test } from "vitest";
import { receipt27560 } from "./receipt-27560";
import { facts, withTerms } from "./receipt.fixture";
import type { ReceiptFacts } from "./receipt-facts";
import { legalBases } from "./terms";

const dpv = (name: string) => `https://w3id.org/dpv#${name}`;
const dct = (name: string) => `http://purl.org/dc/terms/${name}`;
const gdpr = (name: string) => `https://w3id.org/dpv/legal/eu/gdpr#${name}`;

/** A reader that may not fetch anything, and that stops at any word the context does not explain. */
const alone = {
  safe: true,
  documentLoader: (url: string) => Promise.reject(new Error(`a receipt must not make its reader fetch ${url}`)),
};

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const at = (node: Node | undefined, ...path: readonly string[]): Node[] => path.reduce((found, property) => found.flatMap((one) => nodes(one[property])), node ? [node] : []);
const ids = (found: readonly Node[]) => found.map((node) => node["@id"]);
const values = (found: readonly Node[]) => found.map((node) => node["@value"]);

/** How many statements a document makes, counted from its plain JSON: one for each value of each property, and its types. */
function statements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + statements(one), 0);
  if (!isNode(value) || "@value" in value) return 0;
  const properties = Object.entries(value).filter(([key]) => key !== "@context" && key !== "@id");
  return properties.reduce((sum, [, one]) => sum + (Array.isArray(one) ? one.length : 1) + statements(one), 0);
}

async function expanded(of: ReceiptFacts): Promise<{ receipt: Node; record: Node; process: Node; event: Node }> {
  const [receipt] = nodes(await jsonld.expand(JSON.parse(JSON.stringify(receipt27560(of))), alone));
  const [record] = at(receipt, dpv("hasRecordOfActivity"));
  const [process] = at(record, dpv("hasProcess"));
  const event = [...at(record, dpv("hasConsentStatus")), ...at(record, dpv("hasStatus"))];
  if (!receipt || !record || !process || event.length !== 1 || !event[0]) throw new Error("the receipt is not whole");
  return { receipt, record, process, event: event[0] };
}

describe("a receipt after ISO/IEC TS 27560", () => {
  test("expands without any network, and says of itself which profile it keeps", async () => {
    const { receipt, record } = await expanded(facts);
    expect(receipt["@type"]).toEqual([dpv("ConsentReceipt")]);
    expect(ids(at(receipt, dct("conformsTo")))).toEqual(["https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"]);
    expect(values(at(receipt, dpv("hasIdentifier")))).toEqual(["ddb89be4-0380-8e32-9750-d3d263cd7892"]);
    expect(at(receipt, dct("created"))).toEqual([{ "@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": facts.created }]);
    expect(record["@type"]).toEqual([dpv("ConsentRecord")]);
    expect(ids(at(record, dct("conformsTo")))).toEqual(["https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"]);
    expect(values(at(record, dct("identifier")))).toEqual(["9c2942b7-942a-84b7-be12-2c9594a74c8c"]);
    expect(values(at(record, dpv("hasDataSubject"), dct("identifier")))).toEqual([facts.person]);
  });

  test("becomes RDF in which no statement is lost", async () => {
    const document = JSON.parse(JSON.stringify(receipt27560(facts)));
    const quads = await jsonld.toRDF(document, { ...alone, format: "application/n-quads" });
    const lines = String(quads).trim().split("\n");
    expect(lines).toHaveLength(168);
    expect(statements(document)).toBe(168);
    const known = /^(_:\S+|<[a-z]+:[^>]+>) <(https:\/\/w3id\.org\/dpv#|http:\/\/purl\.org\/dc\/terms\/|https:\/\/schema\.org\/|http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#|urn:handshake:)\w+> /;
    expect(lines.filter((line) => !known.test(line))).toEqual([]);
  });

  test("has every field that the standard requires of the processing, and those that the GDPR adds", async () => {
    const { record, process } = await expanded(facts);
    const [shown, policy] = at(record, dpv("hasNotice"));
    expect(shown).toMatchObject({ "@id": `nih:sha-256;${"ab".repeat(32)}`, "@type": [dpv("ConsentNotice"), dpv("PrivacyNotice")] });
    expect(values(at(shown, dct("language")))).toEqual(["de"]);
    expect(at(shown, dct("description"))).toEqual([{ "@language": "de", "@value": facts.notice?.question }]);
    expect(policy?.["@id"]).toBe(facts.policyUrl);
    expect(values(at(process, dpv("hasPurpose"), dct("title")))).toEqual(["Personalise content"]);
    expect(ids(at(process, dpv("hasLegalBasis")))).toEqual([gdpr("A6-1-a")]);
    const data = at(process, dpv("hasPersonalData"));
    expect(data.map((one) => one["@type"])).toEqual([[dpv("PersonalData")], [dpv("PersonalData"), dpv("SpecialCategoryPersonalData")]]);
    expect(values(at(process, dpv("hasPersonalData"), dct("title")))).toEqual(["Interest in mountain bikes", "Health data"]);
    expect(ids(at(process, dpv("hasPersonalData"), dpv("hasNecessity")))).toEqual([dpv("Optional"), dpv("Optional")]);
    expect(ids(at(record, dpv("hasDataController")))).toEqual([`${facts.controller.house}/`]);
    expect(ids(at(process, dpv("hasDataSource"), dpv("hasProcessing")))).toEqual([dpv("Collect"), dpv("Observe"), dpv("Infer"), dpv("Obtain")]);
    expect(ids(at(process, dpv("hasProcessing")))).toEqual([dpv("Store"), dpv("Use"), dpv("Share")]);
    expect(ids(at(process, dpv("hasAutomationLevel")))).toEqual([dpv("FullAutomation")]);
    expect(ids(at(process, dpv("hasStorageCondition"), dpv("hasLocation")))).toEqual(["https://w3id.org/dpv/loc#NO", "https://w3id.org/dpv/loc#DE"]);
    expect(values(at(process, dpv("hasStorageCondition"), dpv("hasDuration"), "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"))).toEqual(["P12M"]);
    expect(ids(at(process, dpv("hasLocation")))).toHaveLength(2);
    expect(ids(at(process, dpv("hasRule"), dpv("hasLocation")))).toHaveLength(2);
    expect(values(at(record, dpv("hasJurisdiction"), dct("title")))).toEqual(["not stated"]);
    expect(ids(at(record, dpv("hasAuthority"), dpv("hasApplicability")))).toEqual([dpv("NotAvailable")]);
    expect(ids(at(process, dpv("hasRecipient")))).toEqual(ids(at(record, dpv("hasEntity")).slice(1)));
    expect(ids(at(record, dpv("hasConsentControl"), dpv("isExercisedAt")))).toEqual([`${facts.controller.house}/me/permissions`]);
    expect(at(record, dpv("hasRight")).flatMap((one) => one["@type"])).toContain(gdpr("A7-3"));
  });

  test("names each party with its role, and says plainly what is not known of it", async () => {
    const { record } = await expanded(facts);
    const parties = at(record, dpv("hasEntity"));
    expect(parties.map((party) => [values(at(party, dpv("hasName")))[0], party["@type"]])).toEqual([
      ["Kestrel & Pine", [dpv("Organisation"), dpv("DataController")]],
      ["Fjord Parcel", [dpv("Entity"), dpv("DataProcessor"), dpv("Recipient")]],
      ["Trail Club", [dpv("Entity"), dpv("ThirdParty"), dpv("Recipient")]],
    ]);
    for (const party of parties) {
      expect(at(party, dpv("hasIdentifier"))).toHaveLength(1);
      expect(values(at(party, dpv("hasAddress")))).toEqual(["not stated"]);
      expect(at(party, dpv("hasContact"))).toHaveLength(1);
    }
    expect(values(at(parties[0], dpv("hasContact")))).toEqual(["privacy@kestrel-pine.example"]);
  });

  test("tells the event: when, who, how long, expressly, and in which state", async () => {
    const { event } = await expanded(facts);
    expect(event["@type"]).toEqual([dpv("ConsentGiven"), dpv("ExplicitlyExpressedConsent")]);
    expect(values(at(event, dpv("isIndicatedAtTime")))).toEqual([facts.at]);
    expect(ids(at(event, dpv("isIndicatedBy")))).toEqual([`urn:uuid:${facts.person}`]);
    expect(at(event, dpv("hasDuration")).map((one) => one["@type"])).toEqual([[dpv("UntilTimeDuration")]]);
    expect(at(event, dpv("isImplementedByEntity"))).toEqual([]);
    const passedOn = await expanded({ ...facts, by: { key: "k" } });
    expect(ids(at(passedOn.event, dpv("isImplementedByEntity")))).toEqual([`${facts.controller.house}/`]);
  });

  test.each([
    ["granted", false, "ConsentGiven"],
    ["granted", true, "RenewedConsentGiven"],
    ["refused", true, "ConsentRefused"],
    ["withdrawn", true, "ConsentWithdrawn"],
  ] as const)("%s (granted before: %s) is %s", async (answer, renewed, status) => {
    const { event } = await expanded({ ...facts, answer, renewed, expiresAt: null });
    expect(event["@type"]).toEqual([dpv(status), dpv("ExplicitlyExpressedConsent")]);
    expect(at(event, dpv("hasDuration")).map((one) => one["@type"])).toEqual([[dpv("UntilEventDuration")]]);
  });

  test("an answer through a guardian is theirs, a yes for one time ends with it, and keeping a deal is no to the new one", async () => {
    const { event } = await expanded({ ...facts, guardian: "cd".repeat(32), once: true, expiresAt: null });
    expect(at(event, dpv("isIndicatedBy")).map((one) => one["@type"])).toEqual([[dpv("GuardianOfDataSubject")]]);
    expect(values(at(event, dpv("hasDuration"), "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"))[0]).toContain("first use");
    const kept = await expanded({ ...facts, answer: "refused", keeps: 2 });
    expect(kept.event["@type"]).toContain(dpv("ConsentRefused"));
    expect(values(at(kept.event, dpv("hasIndicationMethod")))[0]).toContain("kept what was agreed to with version 2");
  });

  test("an answer that was given elsewhere is of its own time, and not said to have been expressed to anything", async () => {
    const { event } = await expanded({ ...facts, notice: null, imported: { source: "The old shop", answeredAt: "2024-03-03T00:00:00.000Z" } });
    expect(event["@type"]).toEqual([dpv("ConsentGiven")]);
    expect(values(at(event, dpv("isIndicatedAtTime")))).toEqual(["2024-03-03T00:00:00.000Z"]);
    expect(values(at(event, dpv("hasIndicationMethod")))[0]).toContain("“The old shop”");
  });

  test("an objection to legitimate interests is never called consent", async () => {
    const { record, event, process } = await expanded(withTerms({ legalBasis: "legitimate-interests" }, { answer: "objected", notice: null }));
    expect(at(record, dpv("hasConsentStatus"))).toEqual([]);
    expect(event["@type"]).toEqual([dpv("LegitimateInterestObjected")]);
    expect(ids(at(process, dpv("hasLegalBasis")))).toEqual([gdpr("A6-1-f")]);
    expect(at(record, dpv("hasRight")).flatMap((one) => one["@type"])).toContain(gdpr("A21"));
    expect(at(record, dpv("hasNotice"))).toHaveLength(1);
  });

  test("every legal basis is one of GDPR Art. 6(1)", async () => {
    const found: unknown[] = [];
    for (const legalBasis of legalBases) found.push(...ids(at((await expanded(withTerms({ legalBasis }))).process, dpv("hasLegalBasis"))));
    expect(found).toEqual(["a", "b", "c", "d", "e", "f"].map((letter) => gdpr(`A6-1-${letter}`)));
  });

  test("bare terms leave no required field out", async () => {
    const bare = withTerms({ recipients: [], places: [], sources: [], sharing: "none", automation: "none", retention: { kind: "relationship" } });
    const { process, record } = await expanded({ ...bare, controller: { ...facts.controller, email: null } });
    expect(ids(at(process, dpv("hasRecipient"), dpv("hasApplicability")))).toEqual([dpv("NotApplicable")]);
    for (const property of ["hasLocation", "hasRule", "hasDataSource"]) expect(ids(at(process, dpv(property), dpv("hasApplicability")))).toEqual([dpv("NotAvailable")]);
    expect(at(process, dpv("hasStorageCondition"), dpv("hasDuration"))[0]?.["@type"]).toEqual([dpv("UntilEventDuration")]);
    expect(ids(at(process, dpv("hasProcessing")))).toEqual([dpv("Store"), dpv("Use")]);
    expect(values(at(record, dpv("hasEntity"), dpv("hasContact")))).toEqual(["not stated"]);
  });

  test("carries Handshake's own proof, word for word", async () => {
    const { receipt } = await expanded(facts);
    expect(["key", "entry", "proof"].map((name) => values(at(receipt, `urn:handshake:${name}`))[0])).toEqual([facts.proof.key, facts.proof.entry, facts.proof.proof]);
  });

  test("a retention of any kind is said", async () => {
    const kinds = [{ kind: "period", count: 30, unit: "days" }, { kind: "relationship" }, { kind: "indefinite" }] as const;
    const said = await Promise.all(kinds.map(async (retention) => at((await expanded(withTerms({ retention }))).process, dpv("hasStorageCondition"), dpv("hasDuration"))[0]));
    expect(said.map((one) => one?.["@type"])).toEqual([[dpv("TemporalDuration")], [dpv("UntilEventDuration")], [dpv("EndlessDuration")]]);
  });
});
