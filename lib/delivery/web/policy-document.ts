import { createHash } from "node:crypto";

export type PolicyDocument = { readonly body: string; readonly lastModified: Date | null };

const types = { md: "text/markdown; charset=utf-8", json: "application/json; charset=utf-8" } as const;
export type DocumentFormat = keyof typeof types;

export function isDocumentFormat(value: string): value is DocumentFormat {
  return value in types;
}

/**
 * Answers with a public document that may be asked for again and again: a strong ETag over its bytes, its last change,
 * and 304 when the reader has it already (RFC 9110 §13.1: If-None-Match goes before If-Modified-Since).
 */
export function documentResponse(request: Request, format: DocumentFormat, { body, lastModified }: PolicyDocument): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = new Headers({
    "content-type": types[format],
    etag,
    "cache-control": "public, no-cache",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
  });
  if (lastModified) headers.set("last-modified", lastModified.toUTCString());
  if (isFresh(request.headers, etag, headers.get("last-modified"))) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : body, { headers });
}

function isFresh(asked: Headers, etag: string, lastModified: string | null): boolean {
  const match = asked.get("if-none-match");
  if (match !== null) return match.trim() === "*" || match.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
  const since = Date.parse(asked.get("if-modified-since") ?? "");
  return lastModified !== null && !Number.isNaN(since) && Date.parse(lastModified) <= since;
}

/** What does not exist, said in the format that was asked for. */
export function missingDocument(format: DocumentFormat): Response {
  const body = format === "json" ? `${JSON.stringify({ type: "about:blank", title: "Not found", status: 404, code: "not-found" })}\n` : "Not found\n";
  return new Response(body, { status: 404, headers: { "content-type": format === "json" ? "application/problem+json" : "text/plain; charset=utf-8" } });
}
