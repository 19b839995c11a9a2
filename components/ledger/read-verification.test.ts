import { describe, expect, it } from "vitest";
import { linesOf, readLine } from "./read-verification";

function inPieces(...pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe("the lines of a verification", () => {
  it("come whole, however the bytes are cut, without one that has no end", async () => {
    const bytes = new TextEncoder().encode('{"why":"“été”"}\n{"holds":8000,"size":14021}\n{"cut');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const lines: string[] = [];
      for await (const line of linesOf(inPieces(bytes.subarray(0, cut), bytes.subarray(cut)))) lines.push(line);
      expect(lines).toEqual(['{"why":"“été”"}', '{"holds":8000,"size":14021}']);
    }
  });

  it("are read strictly", () => {
    const done = { holds: 1, size: 1, fault: null, outside: { state: "seen", size: 1 } };
    expect(readLine('{"holds":8000,"size":14021}')).toEqual({ holds: 8_000, size: 14_021 });
    expect(readLine(JSON.stringify({ done }))).toEqual({ done });
    expect(readLine('{"failed":"Away"}')).toEqual({ failed: "Away" });
    for (const odd of ["", "<html>", "null", '{"holds":"8"}', '{"holds":-1,"size":1}', '{"done":{}}', '{"holds":1,"size":1,"done":1}']) expect(readLine(odd), odd).toBeNull();
  });
});
