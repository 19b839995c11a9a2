import { expect, test } from "vitest";
import { z } from "zod";
import { referenceOf } from "./call-reference";
import { calls } from "./calls";
import { decisionsCall } from "./decision";
import { questionsCall } from "./question";

test("every call can be read about: what it takes and gives, and a command to try it", () => {
  for (const call of calls) {
    const told = referenceOf(call, "https://gateway.example.com");
    expect(told.example.request, call.name).toMatch(/^curl (-X [A-Z]+ )?"?https:\/\/gateway\.example\.com\/v1\//);
    expect(told.example.request).not.toMatch(/[{}]ref|undefined/);
    if (call.body) expect(told.takes.length, call.name).toBeGreaterThan(0);
    if (call.body) expect(call.body.safeParse(call.example?.body).error, call.name).toBeUndefined();
    expect(JSON.stringify(told.gives.shape), call.name).not.toContain("list of anything");
    expect(told.address.map(({ name }) => name)).toEqual(expect.arrayContaining([...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)));
  }
});

test("every field says what it is, apart from words that say it themselves", () => {
  for (const call of calls) {
    const { address, takes, gives } = referenceOf(call, "https://gateway.example.com");
    const fields = [address, ...takes, ...gives.shape].flat();
    const silent = fields.filter(({ description, type }) => description === null && !type.startsWith("\""));
    expect(silent.map(({ name }) => name), call.name).toEqual([]);
  }
});

test("a call's several ways are told apart, and lists by their members", () => {
  const { takes, gives } = referenceOf(decisionsCall, "https://x.example");
  const description = expect.any(String) as string;
  expect(takes).toEqual([
    expect.arrayContaining([
      { name: "person", type: "text, at most 200 characters", required: true, description },
      { name: "use", type: "text, at most 60 characters", required: true, description },
      { name: "version", type: "whole number, at most 1,000,000", required: false, description },
    ]),
    expect.arrayContaining([{ name: "decisions[].use", type: "text, at most 60 characters", required: true, description }]),
  ]);
  expect(gives.shape[0]).toContainEqual({ name: "answeredAt", type: "moment (ISO 8601, UTC)", required: false, description: "When they did." });
});

test("questions are told member by member, whichever kind they are", () => {
  const { gives } = referenceOf(questionsCall, "https://x.example");
  const members = gives.shape[0] ?? [];
  expect(members).toContainEqual(expect.objectContaining({ name: "questions[].token", type: "text", required: true }));
  expect(members).toContainEqual({ name: "questions[].kind", type: "\"permission\" or \"policy\"", required: true, description: null });
  expect(members).toContainEqual(expect.objectContaining({ name: "questions[].use", required: false }));
  expect(members).toContainEqual(expect.objectContaining({ name: "questions[].answeredVersion", type: "whole number or null" }));
});

test("values that hold themselves come to an end", () => {
  const tree: z.ZodType = z.lazy(() => z.strictObject({ name: z.string(), below: z.array(tree).optional() }));
  const { takes } = referenceOf({ ...decisionsCall, body: z.strictObject({ value: z.json(), tree }) }, "https://x.example");
  expect(takes[0]?.length).toBeLessThan(20);
  expect(takes[0]?.[0]?.type).toContain("text or number");
});
