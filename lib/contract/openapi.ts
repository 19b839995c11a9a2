import { z } from "zod";
import type { Call } from "@/lib/contract/call";
import { idempotencyOf, refusalsOf } from "@/lib/contract/call-refusals";
import { refusalCodes, type RefusalCode } from "@/lib/domain/refusal";

type Json = { readonly [name: string]: unknown };

export type Described = {
  readonly calls: readonly Call[];
  readonly statusOf: Readonly<Record<RefusalCode, number>>;
  /** Where the gateway is found: an origin. */
  readonly server: string;
};

/** `decide` → `Decide`: bodies and replies are called after their calls. */
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ref = (kind: "schemas" | "parameters" | "headers" | "responses", name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** The gateway's description: OpenAPI 3.1, made from the very schemas that it parses and replies by. */
export function openApi({ calls, statusOf, server }: Described): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const call of calls) (paths[call.path] ??= {})[call.method] = operation(call, statusOf);
  return {
    openapi: "3.1.1",
    info: {
      title: "Handshake gateway",
      version: "1",
      description: "Ask what must be asked, bring answers back, decide before every use, and keep what is remembered. Every refusal is `application/problem+json` (RFC 9457) with a stable `code`; every reply has an `x-request-id`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: server }],
    tags: [...new Set(calls.map(tagOf))].map((name) => ({ name })),
    paths,
    components: { schemas: { ...schemasOf(calls), Problem: problem }, parameters, headers, securitySchemes },
  };
}

/** The first part of the path after the version: what the call is about. */
export const tagOf = ({ path }: Pick<Call, "path">): string => path.split("/")[2]?.replace(".json", "") ?? "";

function operation(call: Call, statusOf: Described["statusOf"]): Json {
  const { body, reply } = call;
  return {
    operationId: call.name,
    tags: [tagOf(call)],
    summary: call.summary,
    description: call.description,
    parameters: [
      ...inAddress("path", call.params),
      ...inAddress("query", call.query),
      ...(idempotencyOf(call) === "none" ? [] : [ref("parameters", "IdempotencyKey")]),
      ref("parameters", "RequestId"),
    ],
    security: call.scope === null ? [] : [{ apiKey: [call.scope] }, ...(call.browser ? [{ browserKey: [], personToken: [] }] : [])],
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: ref("schemas", `${capital(call.name)}Request`), ...exampleOf(call.example?.body) } } } } : {}),
    ...(call.streams ? { requestBody: { required: true, content: Object.fromEntries(call.streams.map((type) => [type, { schema: { type: "string" } }])) } } : {}),
    responses: {
      [String(reply.status)]: {
        description: reply.description,
        headers: { "x-request-id": ref("headers", "RequestId") },
        ...(reply.status === 204 ? {} : { content: Object.fromEntries((call.streams ?? [reply.type ?? "application/json"]).map((type) => [type, { schema: ref("schemas", `${capital(call.name)}Reply`), ...exampleOf(call.example?.reply) }])) }),
      },
      ...refusalResponses(call, statusOf),
    },
  };
}

const exampleOf = (example: unknown): Json => (example === undefined ? {} : { example });

function inAddress(place: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = tidy(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: one,
  }));
}

/** One response a status, naming the codes that it may carry. */
function refusalResponses(call: Call, statusOf: Described["statusOf"]): Json {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of refusalsOf(call)) byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code]);
  const responses = [...byStatus].sort(([one], [other]) => one - other).map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `\`${code}\``).join(", "),
      headers: { "x-request-id": ref("headers", "RequestId"), ...(status === 429 || status === 503 ? { "retry-after": ref("headers", "RetryAfter") } : {}) },
      content: { "application/problem+json": { schema: { allOf: [ref("schemas", "Problem"), { properties: { code: { enum: codes } } }] } } },
    },
  ]);
  return Object.fromEntries(responses) as Json;
}

function schemasOf(calls: readonly Call[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const { name, body, reply } of calls) {
    if (body) registry.add(body, { id: `${capital(name)}Request` });
    if (reply.status !== 204 && !registry.has(reply.body)) registry.add(reply.body, { id: `${capital(name)}Reply` });
  }
  const { schemas } = z.toJSONSchema(registry, { io: "input", unrepresentable: "any", uri: (id) => `#/components/schemas/${id}` });
  const named = Object.entries(schemas).map(([id, schema]) => [id, tidy(schema)] as const);
  // A schema that two calls share is registered once; the second names the first.
  const shared = calls.flatMap(({ name, reply }) => {
    const id = reply.status === 204 ? undefined : registry.get(reply.body)?.id;
    return id === undefined || id === `${capital(name)}Reply` ? [] : [[`${capital(name)}Reply`, ref("schemas", id)] as const];
  });
  return Object.fromEntries([...named, ...shared]) as Json;
}

/** Without what only repeats: the pattern of a format, the bounds of every number, and addresses that OpenAPI has its own way for. */
function tidy(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(tidy);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).filter(([name, value]) => {
    if (name === "$schema" || name === "$id") return false;
    if (name === "pattern" && typeof value === "string") return !("format" in schema) && !("type" in schema && schema.type === "integer");
    return !((name === "minimum" || name === "maximum") && typeof value === "number" && Math.abs(value) === Number.MAX_SAFE_INTEGER);
  });
  return Object.fromEntries(entries.map(([name, value]) => [name, name === "$ref" && typeof value === "string" ? value.replace("#/components/schemas/__shared#/", "#/components/schemas/__shared/") : tidy(value)]));
}

const problem: Json = {
  type: "object",
  description: "Problem details (RFC 9457). What a program needs to go on, such as the new question beside `question-superseded`, stands beside these members.",
  required: ["type", "title", "status", "code", "detail", "requestId"],
  properties: {
    type: { type: "string", format: "uri-reference", description: "Always `about:blank`: what it is, `code` says." },
    title: { type: "string", description: "What the status means." },
    status: { type: "integer", description: "The status of the reply." },
    code: { type: "string", description: "Stable: programs may rely on it.", enum: [...refusalCodes, "unforeseen"] },
    detail: { type: "string", description: "A plain sentence that says what to do." },
    requestId: { type: "string", description: "What this request is called in our log." },
    retryAfterSeconds: { type: "integer", description: "After how many seconds to try again." },
    errors: { type: "array", description: "What is wrong where, so that all of it can be mended at once.", items: { type: "object", required: ["path", "message"], properties: { path: { type: "string", description: "Dotted, such as `decisions[1].use`; empty for the whole." }, message: { type: "string", description: "What is wrong there, and what to do." } } } },
  },
};

const parameters: Json = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "A name of your own for this request. Sent again with the same body, it does nothing twice and gives the first reply byte for byte; with another body it is `idempotency-conflict`. Remembered for at least 24 hours; of a refusal nothing is remembered.",
    schema: { type: "string", minLength: 1, maxLength: 200, pattern: "^[\\x21-\\x7e]+$" },
  },
  RequestId: { name: "X-Request-Id", in: "header", description: "Your own name for the request in both logs. Left out: one of ours.", schema: { type: "string", minLength: 1, maxLength: 100, pattern: "^[\\x21-\\x7e]+$" } },
};

const headers: Json = {
  RequestId: { description: "What this request is called in our log.", schema: { type: "string" } },
  RetryAfter: { description: "Seconds after which to try again.", schema: { type: "integer" } },
};

const securitySchemes: Json = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key of a host application's server, made in the studio with the scopes `ask`, `decide`, `remember` or `audit`. It is a secret." },
  browserKey: { type: "http", scheme: "bearer", description: "A browser key: public, good only on the websites that it names and beside a person's token." },
  personToken: { type: "apiKey", in: "header", name: "Handshake-Person", description: "A short-lived token for one person, minted by `POST /v1/person-tokens`." },
};
