import { expect, test } from "vitest";
import { webhookUrl } from "./webhook";

const faults = (address: unknown) => webhookUrl.safeParse(address).error?.issues.map((issue) => issue.message);

test("what is no address is said to be none, whatever it is", () => {
  for (const address of ["", "   ", "shop", "https://", "http://[", "//shop.example.com", "ftp://shop.example.com", "javascript:alert(1)", "https://shop example.com", null, undefined, 7]) {
    expect(faults(address), String(address)).toEqual(["Write the whole address, such as https://shop.example.com/handshake."]);
  }
});

test("an address is taken without what a webhook cannot use", () => {
  expect(webhookUrl.parse("  https://shop.example.com/handshake?from=us ")).toBe("https://shop.example.com/handshake?from=us");
  expect(faults("https://ann@shop.example.com")?.[0]).toMatch(/user name or password/);
  expect(faults("https://shop.example.com/#top")?.[0]).toMatch(/Leave out what follows #/);
});
