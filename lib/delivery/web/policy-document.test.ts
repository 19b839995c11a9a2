import { describe, expect, test } from "vitest";
import { documentResponse, missingDocument } from "./policy-document";

const at = new Date("2026-11-21T10:00:00.500Z");
const ask = (headers: Record<string, string> = {}, method = "GET", body = "# Text") => documentResponse(new Request("http://localhost/policies/x.md", { headers, method }), "md", { body, lastModified: at });
const etag = ask().headers.get("etag") ?? "";

describe("a public document", () => {
  test("says what it is, since when, and by which tag it is known", async () => {
    const response = ask();
    expect([response.status, response.headers.get("content-type"), response.headers.get("last-modified")]).toEqual([200, "text/markdown; charset=utf-8", "Sat, 21 Nov 2026 10:00:00 GMT"]);
    expect(await response.text()).toBe("# Text");
  });

  test("is not sent again to who has it", async () => {
    for (const match of [etag, `"other", ${etag}`, `W/${etag}`, "*"]) {
      const response = ask({ "if-none-match": match });
      expect([response.status, await response.text(), response.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect(ask({ "if-modified-since": "Sat, 21 Nov 2026 10:00:00 GMT" }).status).toBe(304);
  });

  test("is sent again when it changed, and a tag goes before a date", () => {
    expect(ask({ "if-none-match": '"other"', "if-modified-since": "Sat, 21 Nov 2026 11:00:00 GMT" }).status).toBe(200);
    expect(ask({ "if-none-match": etag }, "GET", "# Other").status).toBe(200);
    expect(ask({ "if-modified-since": "Sat, 21 Nov 2026 09:00:00 GMT" }).status).toBe(200);
    expect(ask({ "if-modified-since": "yesterday" }).status).toBe(200);
  });

  test("has a head without a body", async () => {
    expect(await ask({}, "HEAD").text()).toBe("");
  });

  test("that is missing says so in the format that was asked for", () => {
    expect([missingDocument("json").status, missingDocument("json").headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});
