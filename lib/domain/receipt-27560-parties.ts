import { notStated, type Json, type ReceiptFacts } from "./receipt-facts";
import type { RecipientKind, Terms } from "./terms";

/** Party id of the organisation: the address of its pages. */
export const controllerId = ({ controller }: ReceiptFacts): string => `${controller.house}/`;

/** Blank nodes: recipients have a name here, but no identifier that anybody else would know. */
export const recipientIds = ({ recipients }: Terms): string[] => recipients.map((_, place) => `_:recipient-${place + 1}`);

const roles: { readonly [K in RecipientKind]: readonly string[] } = {
  processor: ["dpv:DataProcessor", "dpv:Recipient"],
  partner: ["dpv:ThirdParty", "dpv:Recipient"],
  "third-party": ["dpv:ThirdParty", "dpv:Recipient"],
  public: ["dpv:Recipient"],
};

/** Parties of a record (ISO/IEC TS 27560 §6.3.6): id, type, role, name, address and contact of each. */
export function partiesOf(facts: ReceiptFacts): Json {
  const { name, email, house } = facts.controller;
  const ids = recipientIds(facts.use.terms);
  return [
    {
      "@id": controllerId(facts),
      "@type": ["dpv:Organisation", "dpv:DataController"],
      "dpv:hasIdentifier": controllerId(facts),
      "dpv:hasName": name,
      "dpv:hasAddress": notStated,
      "dpv:hasContact": email ?? notStated,
      "schema:contactPoint": { "@type": "schema:ContactPoint", "schema:email": email ?? notStated, "schema:telephone": notStated },
      "schema:url": { "@id": house },
    },
    ...facts.use.terms.recipients.map((recipient, place) => ({
      "@id": ids[place] ?? "",
      "@type": ["dpv:Entity", ...roles[recipient.kind]],
      "dpv:hasIdentifier": `recipient-${place + 1}`,
      "dpv:hasName": recipient.name,
      "dpv:hasAddress": notStated,
      "dpv:hasContact": notStated,
    })),
  ];
}
