import { expect, test } from "vitest";
import { addressOf } from "./sign-in-address";
import { malformed } from "./well-formed";

const post = (body: BodyInit, headers: Record<string, string> = {}) => new Request("https://privacy.example/sign-in", { method: "POST", body, headers: { host: "privacy.example", origin: "https://privacy.example", ...headers } });

test.each(["/join/%ff", "/join/%00%ff", "/studio/policies/a%00b", "/studio/uses?q=%00", "/policies/%E0%A4%A"])("%s is nowhere", async (path) => {
  expect((await malformed(new Request(`https://privacy.example${path}`)))?.status).toBe(404);
});

test("a form cut off on its way is refused, a whole one goes on and can still be read", async () => {
  expect((await malformed(post("--x\r\ncut", { "content-type": "multipart/form-data; boundary=x" })))?.status).toBe(422);
  const form = new FormData();
  form.set("email", "ana@example.com");
  const whole = post(form);
  expect(await malformed(whole)).toBeNull();
  expect((await whole.formData()).get("email")).toBe("ana@example.com");
});

test.each(["https://evil.example", "null", "https://privacy.example:8443", "not a url"])("a form from %s is refused", async (origin) => {
  expect((await malformed(post("x", { origin })))?.status).toBe(403);
});

test("a form from nowhere is refused, an address needs no origin", async () => {
  expect((await malformed(new Request("https://privacy.example/sign-in", { method: "POST", body: "x", headers: { host: "privacy.example" } })))?.status).toBe(403);
  expect(await malformed(new Request("https://privacy.example/policies", { headers: { host: "privacy.example" } }))).toBeNull();
});

test("what is too large is said to be", async () => {
  expect((await malformed(post("x", { "content-length": "24000001" })))?.status).toBe(413);
});

test("guesses are counted by the address that the nearest proxy saw", () => {
  expect(addressOf(new Headers({ "x-forwarded-for": "203.0.113.9, 198.51.100.7" }))).toBe("198.51.100.7");
  expect(addressOf(new Headers())).toBe("unknown");
});
