import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "@/lib/delivery/gateway/json";
import { Refusal } from "@/lib/domain/refusal";

const pathIn = (text: string): string | undefined => {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.faults?.[0]?.path;
    throw error;
  }
};

describe("JSON at the door", () => {
  it("is what JSON.parse makes of it, wherever no name is there twice", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!text.includes('"__proto__"'));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it("names the place of a name that is there twice, however it is written", () => {
    expect(pathIn('{"a":1,"a":1}')).toBe("a");
    expect(pathIn('{"a":{"b":[0,{"c":1, "\\u0063" : 2}]}}')).toBe("a.b[1].c");
    expect(pathIn('[[1,[2]],{"x":"a\\\\","x":"\\""}]')).toBe("[1].x");
    expect(pathIn('{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":"b\\":"}]}')).toBeUndefined();
  });

  it("takes no name that could reach a prototype", () => {
    expect(pathIn('{"__proto__":{"admin":true}}')).toBe("__proto__");
    expect(pathIn('{"a":[{"\\u005f_proto__":1}]}')).toBe("a[0].__proto__");
    expect(pathIn('{"a":"__proto__"}')).toBeUndefined();
  });

  it("is not nested without end", () => {
    expect(pathIn("[".repeat(200_000) + "]".repeat(200_000))).toBe("");
    expect(pathIn('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000))).toBe("");
    expect(pathIn("[".repeat(64) + "]".repeat(64))).toBeUndefined();
  });

  it("takes no longer for bodies made to be slow", () => {
    const slashes = `{"a":"${"\\\\".repeat(500_000)}"}`;
    const started = performance.now();
    expect(pathIn(slashes)).toBeUndefined();
    expect(pathIn(`{"a":"${'\\"'.repeat(400_000)}"}`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
