import { describe, expect, test } from "vitest";
import { parseInput } from "./form";
import { emailAddress, joinInput, newPassword, returnPath } from "./staff";

describe("where signing in leads", () => {
  test.each(["/studio", "/studio/uses?after=1#top", "/me"])("keeps %s, which is here", (path) => {
    expect(returnPath.parse(path)).toBe(path);
  });
  test.each([
    undefined,
    "",
    "studio",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/studio\nSet-Cookie: a=b",
    ["/studio", "//evil.example"],
    7,
  ])("does not follow %j", (path) => {
    expect(returnPath.parse(path)).toBe("/studio");
  });
});

test("an e-mail address is one account however it is typed", () => {
  expect(emailAddress.parse("  Ana@Example.COM ")).toBe("ana@example.com");
  for (const wrong of ["ana", "ana@", "@example.com", "ana@example.com\u0000", "a b@example.com", `${"a".repeat(250)}@example.com`]) {
    expect(emailAddress.safeParse(wrong).success, wrong).toBe(false);
  }
});

describe("a new password", () => {
  test("is kept exactly as typed, spaces and all", () => {
    expect(newPassword.parse("  seven calm otters  ")).toBe("  seven calm otters  ");
  });
  test.each(["short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab", "x".repeat(201), "broken \ud800 surrogate"])("%j is refused", (word) => {
    expect(newPassword.safeParse(word).success).toBe(false);
  });
});

test("what does not belong in a form is refused", () => {
  const form = { token: "t", requestId: "5b0c2a3e-6f0e-4c6e-9d5f-2f2f0b8f4a11", name: "Ana", password: "seven calm otters", role: "admin" };
  expect(() => parseInput(joinInput, form)).toThrow(expect.objectContaining({ code: "invalid" }) as Error);
});
