import { z } from "zod";
import type { Call } from "@/lib/contract/call";
import { idempotencyOf, refusalsOf } from "@/lib/contract/call-refusals";
import type { RefusalCode } from "@/lib/domain/refusal";

/** One member of a body or parameter of an address, as a reader wants it: `decisions[].use`. */
export type Field = { readonly name: string; readonly type: string; readonly required: boolean; readonly description: string | null };

/** What a call takes or gives, where there are several ways each by itself. */
export type Shape = readonly (readonly Field[])[];

export type CallReference = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly scope: Call["scope"];
  readonly browser: boolean;
  readonly idempotent: boolean;
  readonly summary: string;
  readonly description: string;
  readonly address: readonly Field[];
  readonly takes: Shape;
  readonly gives: { readonly status: number; readonly description: string; readonly type: string | null; readonly shape: Shape };
  readonly example: { readonly request: string; readonly reply: string | null };
  /** The refusals of its own: those that every call may give are told once. */
  readonly refusals: readonly RefusalCode[];
};

type Schema = { readonly [name: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const jsonSchema = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

/** A call as its page tells of it; `server` is where the gateway is found. */
export function referenceOf(call: Call, server: string): CallReference {
  const { reply } = call;
  return {
    name: call.name,
    method: call.method.toUpperCase(),
    path: call.path,
    scope: call.scope,
    browser: call.browser === true,
    idempotent: idempotencyOf(call) !== "none",
    summary: call.summary,
    description: call.description,
    address: [...(call.params ? shapeOf(call.params).flat() : []), ...(call.query ? shapeOf(call.query).flat() : [])],
    takes: call.body ? shapeOf(call.body) : [],
    gives: { status: reply.status, description: reply.description, type: reply.status === 204 ? null : (reply.type ?? "application/json"), shape: reply.status === 204 ? [] : shapeOf(reply.body) },
    example: { request: curlOf(call, server), reply: call.example?.reply === undefined ? null : JSON.stringify(call.example.reply, null, 2) },
    refusals: refusalsOf({ ...call, scope: call.scope }).filter((code) => call.refusals.includes(code)),
  };
}

/** What stands in an example for a part of the address. */
const examples = new Map([["ref", "customer-4711"], ["use", "mountain-bike-picks"], ["index", "1204"], ["key", "frame-size"]]);

/** A command to paste into a terminal; the key comes from the environment, so that it stays out of the shell's history. */
function curlOf({ method, path, scope, query, body, example, params, streams }: Call, server: string): string {
  const shown = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => examples.get(name) ?? name);
  const required = query ? shapeOf(query).flat().filter((field) => field.required) : [];
  const search = required.length === 0 ? "" : `?${required.map(({ name }) => `${name}=1204`).join("&")}`;
  const quoted = params || search ? `"${server}${shown}${search}"` : `${server}${shown}`;
  return [
    `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${quoted}`,
    ...(scope === null ? [] : [`  -H "Authorization: Bearer $HANDSHAKE_API_KEY"`]),
    ...(streams ? [`  -H "Content-Type: ${streams[0] ?? ""}"`, "  --data-binary @list.csv"] : []),
    ...(body ? [`  -H "Content-Type: application/json"`, `  -d '${JSON.stringify(example?.body ?? {})}'`] : []),
  ].join(" \\\n");
}

function shapeOf(schema: z.ZodType): Shape {
  const root = jsonSchema(schema);
  const ways = waysOf(root) ?? [root];
  return ways.filter(isSchema).map((way) => fieldsOf(way, root, "", 0)).filter((fields) => fields.length > 0);
}

const deepest = 3;

/** The members of an object, and of what lies in them, each on a line. */
function fieldsOf(schema: Schema, root: Schema, before: string, depth: number): Field[] {
  const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([name, found]) => {
    const one = resolved(found, root);
    const path = `${before}${name}`;
    const description = typeof one["description"] === "string" ? one["description"] : null;
    const field: Field = { name: path, type: typeOf(one, root), required: required.includes(name), description };
    if (depth === deepest) return [field];
    const list = one["type"] === "array";
    return [field, ...membersOf(list ? resolved(one["items"], root) : one, root, `${path}${list ? "[]" : ""}.`, depth + 1)];
  });
}

/** The members of what may be one of several objects: each once, and required only where it is in all of them. */
function membersOf(schema: Schema, root: Schema, before: string, depth: number): Field[] {
  const ways = waysOf(schema)?.map((way) => resolved(way, root)).filter((way) => way["type"] === "object");
  if (ways === undefined) return fieldsOf(schema, root, before, depth);
  const all = ways.flatMap((way) => fieldsOf(way, root, before, depth));
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const same = all.filter((field) => field.name === name);
    const types = [...new Set(same.map(({ type }) => type))].join(" or ");
    return { name, type: types, required: same.length === ways.length && same.every(({ required }) => required), description: same.find(({ description }) => description !== null)?.description ?? null };
  });
}

/** What a schema is one of; undefined where there is no choice. */
function waysOf(schema: Schema): readonly unknown[] | undefined {
  const ways = schema["anyOf"] ?? schema["oneOf"];
  return Array.isArray(ways) ? ways : undefined;
}

function resolved(found: unknown, root: Schema): Schema {
  if (!isSchema(found)) return {};
  const address = found["$ref"];
  if (typeof address !== "string") return found;
  const target = address.split("/").slice(1).reduce<unknown>((at, part) => (isSchema(at) ? at[part] : undefined), root);
  return isSchema(target) ? target : {};
}

/** The kind of a value in plain words; what holds itself is said to a depth at which it is clear. */
function typeOf(schema: Schema, root: Schema, depth = 0): string {
  const ways = waysOf(schema);
  if (depth > 1 && (ways !== undefined || schema["type"] === "array")) return "anything in JSON";
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return schema["enum"].map((one) => JSON.stringify(one)).join(" | ");
  if (ways !== undefined) return [...new Set(ways.map((one) => typeOf(resolved(one, root), root, depth + 1)))].join(" or ");
  if (Array.isArray(schema["type"])) return schema["type"].map((type) => typeOf({ ...schema, type }, root, depth)).join(" or ");
  const most = (name: string, unit: string) => (typeof schema[name] === "number" && schema[name] < Number.MAX_SAFE_INTEGER ? `, at most ${schema[name].toLocaleString("en")}${unit}` : "");
  switch (schema["type"]) {
    case "string":
      return schema["format"] === "date-time" ? "moment (ISO 8601, UTC)" : `text${most("maxLength", " characters")}`;
    case "integer":
      return `whole number${most("maximum", "")}`;
    case "number":
      return "number";
    case "boolean":
      return "true or false";
    case "array":
      return `list of ${typeOf(resolved(schema["items"], root), root, depth + 1)}${most("maxItems", "")}`;
    case "null":
      return "null";
    case "object":
      return "object";
    default:
      return "anything in JSON";
  }
}
