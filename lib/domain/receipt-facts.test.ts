import { expect, test } from "vitest";
import { isSpecialCategory, uuidFromDigest } from "./receipt-facts";

test("a digest gives two different UUIDs of version 8, always the same", () => {
  const digest = "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c";
  expect(uuidFromDigest(digest, 0)).toBe("ddb89be4-0380-8e32-9750-d3d263cd7892");
  expect(uuidFromDigest(digest, 1)).toBe("9c2942b7-942a-84b7-be12-2c9594a74c8c");
});

test("every first digit of the variant becomes one that RFC 9562 allows", () => {
  for (let digit = 0; digit < 16; digit++) {
    const uuid = uuidFromDigest(`${"0".repeat(16)}${digit.toString(16)}${"0".repeat(47)}`, 0);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("special categories are known from above and from below", () => {
  expect(["user.health_and_medical", "user.health_and_medical.genetic", "user.biometric.voice", "user.demographic", "user"].map(isSpecialCategory)).toEqual([true, true, true, true, true]);
  expect(["user.contact.email", "user.demographic.age_range", "user.biometrics_of_bikes", "system"].map(isSpecialCategory)).toEqual([false, false, false, false]);
});
