import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { codeWords, refusalsOf } from "@/lib/contract/call-refusals";
import { calls } from "@/lib/contract/calls";
import { closeDatabase } from "@/lib/data/client";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { honoPath } from "@/lib/delivery/gateway/serve-call";

type Operation = { operationId: string; responses: Record<string, { content?: object }>; parameters: { name?: string; in?: string }[] };
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

let test: TestDatabase;
let description: Document;
const app = gatewayApp();
beforeAll(async () => {
  test = await openTestDatabase();
  const reply = await app.request("/v1/openapi.json");
  expect(reply.headers.get("content-type")).toBe("application/json");
  description = (await reply.json()) as Document;
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});

/** Members without a description, by their way from the outside in. */
function silentMembers(schema: unknown, way = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const members = Object.entries((schema as { properties?: Record<string, object> }).properties ?? {});
  const silent = members.filter(([, member]) => !("description" in member) && !("const" in member)).map(([name]) => `${way} ${name}`);
  return [...silent, ...Object.entries(schema).flatMap(([name, inner]) => silentMembers(inner, `${way} ${name}`))];
}

describe("the gateway's description", () => {
  it("is OpenAPI 3.1 by an independent validator, and every address in it leads somewhere", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(description))).toMatchObject({ valid: true });
    expect(validator.version).toBe("3.1");
    const refs = JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, pointer] of refs) {
      const found = (pointer ?? "").split("/").reduce<unknown>((at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined), description);
      expect(found, pointer).toBeDefined();
    }
  });

  it("is noticed to be wrong by that validator when it is", async () => {
    const wrong = structuredClone(description);
    Reflect.deleteProperty(wrong.paths["/v1/decisions"]!["post"]!, "responses");
    Reflect.set(wrong, "info", {});
    expect(await new Validator().validate(wrong)).toMatchObject({ valid: false });
  });

  it("tells of every route that there is, and of no other", () => {
    const served = app.routes.filter(({ method, path }) => method !== "ALL" && !(method === "OPTIONS" && path.endsWith("*"))).map(({ method, path }) => `${method} ${path}`);
    const described = calls.map((call) => `${call.method.toUpperCase()} ${honoPath(call)}`);
    const wellKnown = "GET /.well-known/gpc.json";
    expect([...new Set(served)].sort()).toEqual([...described, wellKnown].sort());
    const written = Object.entries(description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(written.sort()).toEqual(calls.map((call) => `${call.method.toUpperCase()} ${call.path}`).sort());
  });

  it("names each call once, its parameters, and each refusal that it may give", () => {
    const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(calls.length);
    for (const call of calls) {
      const { responses, parameters } = description.paths[call.path]![call.method]!;
      for (const [, name] of call.path.matchAll(/\{(\w+)\}/g)) expect(parameters).toContainEqual(expect.objectContaining({ name, in: "path", required: true }));
      const text = JSON.stringify(responses);
      for (const code of refusalsOf(call)) {
        expect(text, `${call.name} ${code}`).toContain(`"${code}"`);
        expect(codeWords[code], `a sentence for ${code}`).toBeDefined();
      }
    }
  });

  it("says of every parameter and every member what it is, apart from constants", () => {
    const parameters = Object.values(description.paths).flatMap((methods) => Object.values(methods).flatMap((operation) => operation.parameters));
    expect(parameters.filter((one) => !("$ref" in one) && !("description" in one))).toEqual([]);
    expect(silentMembers(description.components.schemas)).toEqual([]);
  });

  it("gives examples that the calls take and give themselves", () => {
    for (const { name, body, reply, example } of calls) {
      if (example?.body !== undefined) expect(body?.safeParse(example.body).error, `${name}'s body`).toBeUndefined();
      if (example?.reply !== undefined && reply.status !== 204) expect(reply.body.safeParse(example.reply).error, `${name}'s reply`).toBeUndefined();
    }
  });
});
