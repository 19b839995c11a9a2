import fc from "fast-check";
import { z } from "zod";
import type { Call } from "@/lib/contract/call";

/** A request as it will be sent: nothing about it need be right. */
export type Odd = { readonly path: string; readonly headers: readonly (readonly [string, string])[]; readonly body: Uint8Array | null };

type Schema = { readonly [name: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** Words that lead somewhere, by the name of the member or parameter that they are for. */
export type Known = ReadonlyMap<string, readonly string[]>;

/** Values that a schema's JSON form allows, more or less. */
function valueOf(schema: unknown, root: Schema, known: Known, depth = 0): fc.Arbitrary<unknown> {
  if (!isSchema(schema) || depth > 6) return fc.jsonValue({ maxDepth: 1 });
  const inner = (one: unknown) => valueOf(one, root, known, depth + 1);
  if (typeof schema["$ref"] === "string") return inner(schema["$ref"].split("/").slice(1).reduce<unknown>((at, part) => (isSchema(at) ? at[part] : undefined), root));
  for (const either of ["anyOf", "oneOf"]) {
    const ways = schema[either];
    if (Array.isArray(ways)) return fc.oneof(...ways.map(inner));
  }
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom<unknown>(...schema["enum"]);
  switch (schema["type"]) {
    case "object": {
      const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
      const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, known.has(name) ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom<unknown>(...(known.get(name) ?? [])) }, { weight: 1, arbitrary: inner(one) }) : inner(one)])), { requiredKeys: required });
    }
    case "array":
      return fc.array(inner(schema["items"]), { maxLength: 3 });
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom<number>(-1, 0.5, 2 ** 31, 2 ** 53, 1e308));
    case "boolean":
      return fc.boolean();
    case "string":
      return schema["format"] === "date-time" ? fc.oneof(fc.date({ noInvalidDate: true }).map((date) => date.toISOString()), absurdDate) : fc.oneof(fc.constantFrom(...[...known.values()].flat()), fc.string({ maxLength: 20 }));
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const absurdDate = fc.constantFrom("0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999Z", "+275760-09-13T00:00:00.000Z", "2026-02-30T00:00:00Z", "-271821-04-20T00:00:00Z", "1e9", "now", "0001-01-01T00:00:00Z", "2026-11-22T25:61:61Z");

/** What programs send by mistake or on purpose. */
const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e400, 2 ** 31, -(2 ** 31), 2 ** 53 + 1, 9e15, 1e308, "", " ", "\u0000", "a\u0000b", "\ud800", "x\udc00y", "\u202e", "ﷺ".repeat(100), "'; DROP TABLE person; --", "${7*7}", "../../etc/passwd", "%00", "constructor", "__proto__", "toString"),
  fc.constantFrom<unknown>({}, [], [[]], { $ne: null }, { $gt: "" }, { equals: "x" }, { contains: "" }, { in: [] }, { not: null }, { toString: "x" }, { length: 5 }, { then: "x" }, { constructor: { prototype: {} } }, [null], Array(1_100).fill("x"), Array(1_100).fill({})),
  fc.constantFrom<unknown>("x".repeat(201), "x".repeat(70_000), "ü".repeat(5_000), "00000000-0000-0000-0000-000000000000", "a.b.c"),
  absurdDate,
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with something nasty somewhere in it: in place of a part, beside one, or with a part left out. */
function bent(value: unknown): fc.Arbitrary<unknown> {
  const instead = nasty;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (list.length === 0) return fc.oneof(instead, nasty.map((one) => [one]));
    return fc.oneof(instead, fc.nat(list.length - 1).chain((at) => bent(list[at]).map((one) => list.map((each, i) => (i === at ? one : each)))));
  }
  if (!isSchema(value)) return instead;
  const names = Object.keys(value);
  if (names.length === 0) return instead;
  const name = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 1, arbitrary: instead },
    { weight: 4, arbitrary: name.chain((at) => bent(value[at]).map((one) => ({ ...value, [at]: one }))) },
    { weight: 1, arbitrary: name.map((at) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== at))) },
    { weight: 1, arbitrary: fc.tuple(fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom("constructor", "prototype", "toString", "$where", "id")), nasty).map(([at, one]) => ({ ...value, [at]: one })) },
  );
}

const encode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf8"));

/** The bytes of a JSON text, sound or not. */
function bytesOf(text: string): fc.Arbitrary<Uint8Array> {
  const sound = fc.constant(encode(text));
  const at = fc.nat(Math.max(0, text.length - 1));
  return fc.oneof(
    { weight: 8, arbitrary: sound },
    { weight: 1, arbitrary: at.map((place) => encode(text.slice(0, place))) },
    { weight: 1, arbitrary: fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([place, odd]) => new Uint8Array([...encode(text.slice(0, place)), ...odd, ...encode(text.slice(place))])) },
    { weight: 1, arbitrary: fc.constantFrom('{"__proto__":{"a":1},', '{"person":1,"person":', "[", "\ufeff").map((odd) => encode(odd + text.slice(1))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom("", "null", "[]", '""', "NaN", "[".repeat(5_000), `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, " ".repeat(2_000_000)).map(encode) },
  );
}

const word = (name: string, known: Known) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(known.get(name) ?? ["0", "1", "true", "false"])).map(encodeURIComponent) },
    { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((one) => one.isWellFormed()).map(encodeURIComponent) },
    { weight: 2, arbitrary: fc.constantFrom("%zz", "%", "%ff%fe", "%00", "%ed%a0%80", "%2e%2e", "%2F", "a%2Fb", "x".repeat(300), "x".repeat(5_000), "-1", "1e3", "0x10", "999999999999999999999", "{ref}", "__proto__", "%F0%9F%98%80", "+", "a+b", "%20", "%0d%0aset-cookie:x=1") },
  );

const headerName = fc.constantFrom("content-type", "idempotency-key", "x-request-id", "origin", "handshake-person", "accept", "sec-gpc", "if-none-match", "content-encoding", "x-forwarded-for", "x-http-method-override", "range", "cookie", "accept-language");
const headerValue = fc.oneof(
  fc.constantFrom("application/json", "application/json; charset=utf-16", "text/csv", "multipart/form-data", "application/x-www-form-urlencoded", "gzip", "1", "0", "DELETE", "null", "https://shop.example.com", "hp1.e30.x", "hp1..", "..", "x".repeat(201), "bytes=0-1"),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f).map((code) => String.fromCharCode(code)), maxLength: 40 }).map((one) => one.trim()),
);

/** A list such as mail rooms have, and lists that are none: quotes that do not end, bytes of no alphabet, lines of any length. */
const list = (known: Known): fc.Arbitrary<Uint8Array> => {
  const cell = fc.oneof(fc.constantFrom(...(known.get("person") ?? [])), fc.constantFrom('"a', '"a""b"', '"x\ny"', "a\u0000b", "x".repeat(300), ""), fc.string({ maxLength: 10 }));
  const csv = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(",")), { maxLength: 5 }).map((lines) => encode(["person,a,b", ...lines].join("\n")));
  const ndjson = fc.array(fc.oneof(fc.record({ person: cell }), nasty).map((one) => JSON.stringify(one) ?? ""), { maxLength: 5 }).map((lines) => encode(lines.join("\n")));
  return fc.oneof({ weight: 3, arbitrary: csv }, { weight: 3, arbitrary: ndjson }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) }, { weight: 1, arbitrary: fc.constantFrom("", "\n", "person\n", "x".repeat(3_000_000), '"'.repeat(10_000), "[".repeat(100_000), ",".repeat(100_000)).map(encode) });
};

/** Requests to one call, from sound ones to nonsense; `known` has refs, keys and the like that lead somewhere. */
export function oddRequests(call: Call, known: Known): fc.Arbitrary<Odd> {
  const schema: unknown = call.body && z.toJSONSchema(call.body, { io: "input", unrepresentable: "any" });
  const text = schema === undefined ? fc.constant("") : fc.oneof(valueOf(schema, isSchema(schema) ? schema : {}, known), fc.constant(call.example?.body ?? {})).chain((sound) => fc.oneof({ weight: 2, arbitrary: fc.constant(sound) }, { weight: 5, arbitrary: bent(sound) })).map((value) => JSON.stringify(value) ?? "");
  const body = call.method === "get" ? fc.constant(null) : call.streams ? list(known) : text.chain(bytesOf);
  const names = call.query ? Object.keys((z.toJSONSchema(call.query, { io: "input", unrepresentable: "any" }) as { properties?: object }).properties ?? {}) : [];
  const pair = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names, "other") }, { weight: 1, arbitrary: fc.constantFrom("__proto__", "%zz", "") }).chain((name) => word(name, known).map((value) => `${name}=${value}`));
  const query = fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: names.length > 0 ? 4 : 1, arbitrary: fc.array(pair, { maxLength: 4 }).map((pairs) => `?${pairs.join("&")}`) });
  const parts = call.path.split("/").map((part) => (part.startsWith("{") ? word(part.slice(1, -1), known) : fc.constant(part)));
  const path = fc.tuple(...parts).map((all) => all.join("/"));
  const headers = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.tuple(headerName, headerValue), { maxLength: 4 }) });
  const typed = call.streams ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...call.streams).map((type) => [["content-type", type]] as const) }, { weight: 1, arbitrary: headers }) : headers;
  return fc.record({ path: fc.tuple(path, query).map(([one, other]) => one + other), headers: typed, body });
}
