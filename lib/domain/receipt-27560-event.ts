import { controllerId } from "./receipt-27560-parties";
import type { Json, JsonObject, ReceiptFacts } from "./receipt-facts";

/**
 * The event of a record (ISO/IEC TS 27560 §6.3.7): what was answered, when, by whom and for how long. Whoever answers a
 * use that rests on legitimate interests gives no consent and refuses none: DPV has a state of its own for that.
 */
export function eventOf(facts: ReceiptFacts): JsonObject {
  const interest = facts.use.terms.legalBasis === "legitimate-interests";
  const event: Json = {
    "@type": interest ? [interestStatus(facts)] : [consentStatus(facts), "dpv:ExplicitlyExpressedConsent"],
    "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime", "@value": facts.at },
    "dpv:isIndicatedBy": { "@id": `urn:uuid:${facts.person}` },
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

function validity({ answer, expiresAt }: ReceiptFacts): Json {
  if (expiresAt !== null) return { "@type": "dpv:UntilTimeDuration", "rdf:value": { "@type": "xsd:dateTime", "@value": expiresAt } };
  return { "@type": "dpv:UntilEventDuration", "rdf:value": answer === "granted" ? "Withdrawal, or a change of the data use" : "Another answer by the person" };
}

function method({ answer, channel }: ReceiptFacts): string {
  const act = { granted: "Answered yes to the question shown", refused: "Answered no to the question shown", withdrawn: "Took the permission back", objected: "Objected" }[answer];
  return `${act} (channel: ${channel})`;
}
