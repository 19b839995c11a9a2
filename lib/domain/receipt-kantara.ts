import { isSpecialCategory, notStated, uuidFromDigest, type JsonObject, type ReceiptFacts } from "./receipt-facts";
import { retentionInWords } from "./words";

/**
 * Whether an answer can be said as a Kantara receipt. The format knows consent that was given and has no field for a no,
 * nor for consent of which we do not know what it was given to; a receipt for those would claim what nobody said.
 */
export function hasKantaraReceipt({ answer, imported, use }: Pick<ReceiptFacts, "answer" | "imported"> & { readonly use: Pick<ReceiptFacts["use"], "terms"> }): boolean {
  return answer === "granted" && imported === null && use.terms.legalBasis === "consent";
}

/**
 * A consent receipt after the Kantara Initiative's Consent Receipt Specification v1.1 (`KI-CR-v1.1.0`), every required
 * field given; what the organisation has not told is `not stated`. `consentTimestamp` is in whole seconds since 1970.
 */
export function receiptKantara(facts: ReceiptFacts): JsonObject {
  const { use, controller, nameOf } = facts;
  const { terms } = use;
  const special = terms.categories.filter(isSpecialCategory);
  const disclosed = terms.recipients.length > 0 || terms.sharing !== "none";
  const third = terms.recipients.map(({ name }) => name).join(", ");
  return {
    version: "KI-CR-v1.1.0",
    jurisdiction: notStated,
    consentTimestamp: Math.floor(Date.parse(facts.at) / 1000),
    collectionMethod: `Answered yes to the question shown${facts.guardian === null ? "" : ", by somebody who answers for the person"} (channel: ${facts.channel})`,
    consentReceiptID: uuidFromDigest(facts.leaf, 0),
    publicKey: facts.proof.key,
    language: facts.notice?.locale ?? "und",
    piiPrincipalId: facts.person,
    piiControllers: [
      {
        piiController: controller.name,
        onBehalf: false,
        contact: controller.email ?? notStated,
        address: { streetAddress: notStated, addressCountry: notStated },
        email: controller.email ?? notStated,
        phone: notStated,
        piiControllerUrl: controller.house,
      },
    ],
    policyUrl: facts.policyUrl,
    services: [
      {
        service: controller.name,
        purposes: [
          {
            purpose: use.name,
            purposeCategory: [nameOf(terms.purpose)],
            consentType: "EXPLICIT",
            piiCategory: terms.categories.map(nameOf),
            primaryPurpose: false,
            termination: termination(facts),
            thirdPartyDisclosure: disclosed,
            ...(disclosed ? { thirdPartyName: third === "" ? notStated : third } : {}),
          },
        ],
      },
    ],
    sensitive: special.length > 0,
    spiCat: special.map(nameOf),
  };
}

/** When consent and data end, in one sentence each. */
function termination({ use, expiresAt, once, controller }: ReceiptFacts): string {
  const until = expiresAt === null ? "" : ` The permission runs out at ${expiresAt}.`;
  const times = once ? " It is good for one time." : "";
  return `Data is kept: ${retentionInWords(use.terms.retention)}.${until}${times} Take it back at any time at ${controller.house}/me/permissions.`;
}
