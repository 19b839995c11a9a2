import type { LookupAddress } from "node:dns";
import { isIPv4 } from "node:net";
import { expect, test } from "vitest";
import { publicLookup } from "./send-webhook";

const [one, other, inside] = ["93.184.215.14", "2606:4700::1111", "10.0.0.7"];

/** What a name server that says this leads to, and how often it was asked. */
async function looked(answers: readonly (readonly string[])[], all: boolean): Promise<{ found: unknown; asked: number }> {
  let asked = 0;
  const lookup = publicLookup((_name, _options, done) => {
    const addresses = answers[asked++] ?? [];
    done(null, addresses.map((address): LookupAddress => ({ address, family: isIPv4(address) ? 4 : 6 })));
  });
  const found = await new Promise((done) => lookup("shop.example", { all }, (error, address) => done(error ? (error as NodeJS.ErrnoException).code : address)));
  return { found, asked };
}

test.each([true, false])("a connection goes to what was judged, and the name server is asked once (all: %s)", async (all) => {
  const { found, asked } = await looked([[one, other], [inside]], all);
  expect(found).toEqual(all ? [{ address: one, family: 4 }, { address: other, family: 6 }] : one);
  expect(asked).toBe(1);
});

test.each([[[inside]], [[one, inside]], [[inside, one]], [[other, "::1"]], [[]]])("a name at %s is no place for a webhook", async (addresses) => {
  for (const all of [true, false]) expect((await looked([addresses], all)).found).toBe("private-address");
});
