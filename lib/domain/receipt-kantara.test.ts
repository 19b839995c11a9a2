import { describe, expect, test } from "vitest";
import { facts, withTerms } from "./receipt.fixture";
import { hasKantaraReceipt, receiptKantara } from "./receipt-kantara";

describe("a Kantara receipt", () => {
  test("has every required field of v1.1", () => {
    expect(receiptKantara(facts)).toEqual({
      version: "KI-CR-v1.1.0",
      jurisdiction: "not stated",
      consentTimestamp: 1795255872,
      collectionMethod: "Answered yes to the question shown (channel: mail)",
      consentReceiptID: "ddb89be4-0380-8e32-9750-d3d263cd7892",
      publicKey: facts.proof.key,
      language: "de",
      piiPrincipalId: facts.person,
      piiControllers: [
        {
          piiController: "Kestrel & Pine",
          onBehalf: false,
          contact: "privacy@kestrel-pine.example",
          address: { streetAddress: "not stated", addressCountry: "not stated" },
          email: "privacy@kestrel-pine.example",
          phone: "not stated",
          piiControllerUrl: "https://privacy.kestrel-pine.example",
        },
      ],
      policyUrl: facts.policyUrl,
      services: [
        {
          service: "Kestrel & Pine",
          purposes: [
            {
              purpose: "Mountain-bike picks",
              purposeCategory: ["Personalise content"],
              consentType: "EXPLICIT",
              piiCategory: ["Interest in mountain bikes", "Health data"],
              primaryPurpose: false,
              termination:
                "Data is kept: 12 months. The permission runs out at 2027-11-21T10:11:12.345Z. Take it back at any time at https://privacy.kestrel-pine.example/me/permissions.",
              thirdPartyDisclosure: true,
              thirdPartyName: "Fjord Parcel, Trail Club",
            },
          ],
        },
      ],
      sensitive: true,
      spiCat: ["Health data"],
    });
  });

  test("of data that stays in the house names nobody, and is not sensitive without a reason", () => {
    const receipt = receiptKantara(withTerms({ recipients: [], sharing: "none", categories: ["user.contact.email"] }));
    expect(receipt).toMatchObject({ sensitive: false, spiCat: [], services: [{ purposes: [{ thirdPartyDisclosure: false }] }] });
    expect(JSON.stringify(receipt)).not.toContain("thirdPartyName");
  });

  test("of data shared with somebody unnamed says so", () => {
    expect(receiptKantara(withTerms({ recipients: [], sharing: "sold" }))).toMatchObject({ services: [{ purposes: [{ thirdPartyDisclosure: true, thirdPartyName: "not stated" }] }] });
  });

  test("is given for a yes that is consent and for nothing else: the format has no word for a no", () => {
    expect(hasKantaraReceipt(facts)).toBe(true);
    expect(hasKantaraReceipt({ ...facts, imported: { source: "The old shop", answeredAt: facts.at } })).toBe(false);
    for (const answer of ["refused", "withdrawn", "objected"] as const) expect(hasKantaraReceipt({ ...facts, answer })).toBe(false);
    expect(hasKantaraReceipt(withTerms({ legalBasis: "legitimate-interests" }))).toBe(false);
  });
});
