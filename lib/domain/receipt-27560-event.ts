import { controllerId } from "./receipt-27560-parties";
import type { Json, JsonObject, ReceiptFacts } from "./receipt-facts";

/**
 * The event of a record (ISO/IEC TS 27560 §6.3.7): what was answered, when, by whom and for how long. Whoever answers a
 * use that rests on legitimate interests gives no consent and refuses none: DPV has a state of its own for that.
 */
export function eventOf(facts: ReceiptFacts): JsonObject {
  const interest = facts.use.terms.legalBasis === "legitimate-interests";
  const event: Json = {
    // Of what was shown elsewhere nothing is known here, so nothing is said of how plainly consent was expressed.
    "@type": interest ? [interestStatus(facts)] : [consentStatus(facts), ...(facts.imported === null ? ["dpv:ExplicitlyExpressedConsent"] : [])],
    "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime", "@value": facts.imported?.answeredAt ?? facts.at },
    "dpv:isIndicatedBy": facts.guardian === null ? { "@id": `urn:uuid:${facts.person}` } : { "@type": "dpv:GuardianOfDataSubject", "dct:identifier": facts.guardian },
    "dpv:hasIndicationMethod": method(facts),
    "dpv:hasDuration": validity(facts),
    // Passed on by the host application or a colleague: said by the person, done by the organisation.
    ...("person" in facts.by ? {} : { "dpv:isImplementedByEntity": { "@id": controllerId(facts) } }),
  };
  return { [interest ? "dpv:hasStatus" : "dpv:hasConsentStatus"]: event };
}

/** DPV's word for the state of consent (DPV 2.3, consent status). */
function consentStatus({ answer, renewed }: ReceiptFacts): string {
  switch (answer) {
    case "granted":
      return renewed ? "dpv:RenewedConsentGiven" : "dpv:ConsentGiven";
    case "withdrawn":
      return "dpv:ConsentWithdrawn";
    case "refused":
    case "objected":
      return "dpv:ConsentRefused";
  }
}

function interestStatus({ answer }: ReceiptFacts): string {
  return answer === "granted" ? "dpv:LegitimateInterestNotObjected" : "dpv:LegitimateInterestObjected";
}

function validity({ answer, expiresAt, once, keeps }: ReceiptFacts): Json {
  if (keeps !== null) return { "@type": "dpv:UntilEventDuration", "rdf:value": "Another answer by the person" };
  if (once && expiresAt === null) return { "@type": "dpv:UntilEventDuration", "rdf:value": "The first use, withdrawal, or a change of the data use" };
  if (expiresAt !== null) return { "@type": "dpv:UntilTimeDuration", "rdf:value": { "@type": "xsd:dateTime", "@value": expiresAt } };
  return { "@type": "dpv:UntilEventDuration", "rdf:value": answer === "granted" ? "Withdrawal, or a change of the data use" : "Another answer by the person" };
}

function method({ answer, channel, keeps, imported }: ReceiptFacts): string {
  if (imported !== null) return `Brought in from “${imported.source}”, which says when it was answered; what was shown there is not known here`;
  if (keeps !== null) return `Answered no to the question shown and kept what was agreed to with version ${keeps} (channel: ${channel})`;
  const act = { granted: "Answered yes to the question shown", refused: "Answered no to the question shown", withdrawn: "Took the permission back", objected: "Objected" }[answer];
  return `${act} (channel: ${channel})`;
}
