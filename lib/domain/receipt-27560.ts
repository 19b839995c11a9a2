import { leavesChoice } from "./legal-basis";
import { isSpecialCategory, notStated, uuidFromDigest, type Json, type JsonObject, type ReceiptFacts } from "./receipt-facts";
import { eventOf } from "./receipt-27560-event";
import { controllerId, partiesOf, recipientIds } from "./receipt-27560-parties";
import type { Automation, LegalBasis, Retention, Source } from "./terms";

/** Every prefix is said here, so that nobody has to fetch anything to read a receipt. */
const context = {
  dpv: "https://w3id.org/dpv#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  loc: "https://w3id.org/dpv/loc#",
  dct: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  handshake: "urn:handshake:",
} as const;

const profile = "https://w3id.org/dpv/schema/dpv-27560#";

const bases: { readonly [B in LegalBasis]: string } = {
  consent: "eu-gdpr:A6-1-a",
  contract: "eu-gdpr:A6-1-b",
  "legal-obligation": "eu-gdpr:A6-1-c",
  "vital-interests": "eu-gdpr:A6-1-d",
  "public-task": "eu-gdpr:A6-1-e",
  "legitimate-interests": "eu-gdpr:A6-1-f",
};

const dataSources: { readonly [S in Source]: readonly [source: string, processing: string] } = {
  told: ["dpv:DataSubjectDataSource", "dpv:Collect"],
  observed: ["dpv:DataSubjectDataSource", "dpv:Observe"],
  inferred: ["dpv:DataControllerDataSource", "dpv:Infer"],
  obtained: ["dpv:ThirdPartyDataSource", "dpv:Obtain"],
};

const automationLevels: { readonly [A in Automation]: string } = {
  none: "dpv:NotAutomated",
  assisted: "dpv:AssistiveAutomation",
  decided: "dpv:FullAutomation",
  significant: "dpv:FullAutomation",
};

/**
 * A consent receipt after ISO/IEC TS 27560:2023 in JSON-LD, by the W3C community's DPV profile for the GDPR
 * (dpv-27560 `receipt-eu-gdpr`): the receipt's header around one record with processing, parties and the event.
 * What the standard requires and the organisation has not told is `not stated` and `dpv:NotAvailable`.
 * Handshake's own proof rides along under `urn:handshake:`.
 */
export function receipt27560(facts: ReceiptFacts): JsonObject {
  const [receipt, record] = [uuidFromDigest(facts.leaf, 0), uuidFromDigest(facts.leaf, 1)];
  return {
    "@context": context,
    "@id": `urn:uuid:${receipt}`,
    "@type": "dpv:ConsentReceipt",
    "dct:conformsTo": id(`${profile}receipt-eu-gdpr`),
    "dct:identifier": receipt,
    "dpv:hasIdentifier": receipt,
    "dct:created": dateTime(facts.created),
    "dct:publisher": id(controllerId(facts)),
    "dct:audience": id("dpv:DataSubject"),
    "dpv:hasRecordOfActivity": {
      "@id": `urn:uuid:${record}`,
      "@type": "dpv:ConsentRecord",
      "dct:conformsTo": id(`${profile}record-eu-gdpr`),
      "dct:identifier": record,
      "dpv:hasIdentifier": record,
      "dpv:hasDataSubject": { "@id": `urn:uuid:${facts.person}`, "@type": "dpv:DataSubject", "dct:identifier": facts.person },
      "dpv:hasDataController": id(controllerId(facts)),
      "dpv:hasJurisdiction": unknown("dpv:Jurisdiction"),
      "dpv:hasAuthority": unknown("dpv:Authority"),
      "dpv:hasProcess": process(facts),
      "dpv:hasNotice": notices(facts),
      "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": id(`${facts.controller.house}/me/permissions`) },
      "dpv:hasRight": rights(facts),
      ...eventOf(facts),
      "dpv:hasEntity": partiesOf(facts),
    },
    "handshake:key": facts.proof.key,
    "handshake:entry": facts.proof.entry,
    "handshake:proof": facts.proof.proof,
  };
}

function process({ use, nameOf, controller }: ReceiptFacts): Json {
  const { terms } = use;
  const places = terms.places.map((code) => id(`loc:${code}`));
  const recipients = recipientIds(terms);
  return {
    "@type": "dpv:Process",
    "dct:identifier": use.key,
    "dct:title": use.name,
    "schema:version": String(use.version),
    "dpv:hasService": { "@type": "dpv:Service", "dct:title": controller.name, "schema:url": id(controller.house) },
    "dpv:hasPurpose": { "@type": "dpv:Purpose", "dct:identifier": terms.purpose, "dct:title": nameOf(terms.purpose) },
    "dpv:hasLegalBasis": id(bases[terms.legalBasis]),
    "dpv:hasPersonalData": terms.categories.map((category) => ({
      "@type": isSpecialCategory(category) ? ["dpv:PersonalData", "dpv:SpecialCategoryPersonalData"] : ["dpv:PersonalData"],
      "dct:identifier": category,
      "dct:title": nameOf(category),
      "dpv:hasNecessity": id(leavesChoice(terms.legalBasis) ? "dpv:Optional" : "dpv:Required"),
    })),
    "dpv:hasDataSource": terms.sources.length === 0 ? unknown("dpv:DataSource") : terms.sources.map((source) => ({ "@type": dataSources[source][0], "dpv:hasProcessing": id(dataSources[source][1]) })),
    "dpv:hasProcessing": ["dpv:Store", "dpv:Use", ...(terms.sharing === "none" && recipients.length === 0 ? [] : ["dpv:Share"])].map(id),
    "dpv:hasAutomationLevel": id(automationLevels[terms.automation]),
    ...(terms.automation === "decided" || terms.automation === "significant" ? { "dpv:hasContext": id("dpv:AutomatedDecisionMaking") } : {}),
    "dpv:hasStorageCondition": [
      { "@type": "dpv:StorageLocation", "dpv:hasLocation": places.length === 0 ? unknown("dpv:Location") : places },
      { "@type": "dpv:StorageDuration", "dpv:hasDuration": duration(terms.retention) },
    ],
    "dpv:hasLocation": places.length === 0 ? unknown("dpv:Location") : places,
    "dpv:hasRule":
      places.length === 0
        ? unknown("dpv:Rule")
        : { "@type": "dpv:Permission", "dct:description": "Kept and used in these places only.", "dpv:hasLocation": places },
    "dpv:hasRecipient": recipients.length === 0 ? { "@type": "dpv:Recipient", "dpv:hasApplicability": id("dpv:NotApplicable"), "dct:title": "nobody else" } : recipients.map(id),
    "handshake:sharing": terms.sharing,
    "handshake:benefit": terms.benefits,
  };
}

/** The words shown, by their digest (RFC 6920 §7), and the policy that describes the use. */
function notices({ notice, policyUrl }: ReceiptFacts): Json {
  const policy = { "@id": policyUrl, "@type": "dpv:PrivacyNotice", "dct:language": notice?.locale ?? "und" };
  if (notice === null) return [policy];
  const shown = {
    "@id": `nih:sha-256;${notice.digest}`,
    "@type": ["dpv:ConsentNotice", "dpv:PrivacyNotice"],
    "dct:identifier": notice.digest,
    "dct:language": notice.locale,
    "dct:title": { "@value": notice.title, "@language": notice.locale },
    "dct:description": { "@value": notice.question, "@language": notice.locale },
  };
  return [shown, policy];
}

const allRights = [
  ["eu-gdpr:A15", "Right of access"],
  ["eu-gdpr:A16", "Right to rectification"],
  ["eu-gdpr:A17", "Right to erasure"],
  ["eu-gdpr:A18", "Right to restriction of processing"],
  ["eu-gdpr:A77", "Right to complain to a supervisory authority"],
] as const;

/** Rights under the GDPR that go with the legal basis; the one that is one press away is named with its address. */
function rights({ use, controller }: ReceiptFacts): Json {
  const { legalBasis } = use.terms;
  const here = { "dpv:isExercisedAt": id(`${controller.house}/me/permissions`) };
  const right = (article: string, title: string, more: JsonObject = {}) => ({ "@type": ["dpv:DataSubjectRight", article], "dct:title": title, ...more });
  return [
    ...(legalBasis === "consent" ? [right("eu-gdpr:A7-3", "Right to withdraw consent", here)] : []),
    ...(legalBasis === "legitimate-interests" ? [right("eu-gdpr:A21", "Right to object", here)] : []),
    ...(legalBasis === "public-task" ? [right("eu-gdpr:A21", "Right to object")] : []),
    ...(legalBasis === "consent" || legalBasis === "contract" ? [right("eu-gdpr:A20", "Right to data portability")] : []),
    ...allRights.map(([article, title]) => right(article, title)),
  ];
}

function duration(retention: Retention): Json {
  switch (retention.kind) {
    case "period":
      return { "@type": "dpv:TemporalDuration", "rdf:value": { "@type": "xsd:duration", "@value": `P${retention.count}${retention.unit === "months" ? "M" : "D"}` } };
    case "relationship":
      return { "@type": "dpv:UntilEventDuration", "rdf:value": "End of the relationship" };
    case "indefinite":
      return { "@type": "dpv:EndlessDuration", "rdf:value": "Without an end" };
  }
}

const unknown = (type: string): JsonObject => ({ "@type": type, "dpv:hasApplicability": id("dpv:NotAvailable"), "dct:title": notStated });

function id(iri: string): { readonly "@id": string } {
  return { "@id": iri };
}

function dateTime(moment: string): JsonObject {
  return { "@type": "xsd:dateTime", "@value": moment };
}
