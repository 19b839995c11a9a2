import type { Context } from "hono";
import { Refusal } from "@/lib/domain/refusal";
import { isDatabaseAway } from "@/lib/delivery/database-away";
import { report } from "@/lib/delivery/report";
import { statusOf } from "@/lib/delivery/refusal-status";

/** RFC 9457 problem details: `code` is stable, `errors` names each fault by its path. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
};

const titles: Readonly<Record<number, string>> = {
  400: "Malformed",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Too slow",
  409: "Conflict",
  410: "Gone",
  413: "Too large",
  414: "Address too long",
  415: "Not a type that is taken",
  422: "Not acceptable as it is",
  429: "Too many",
  500: "Something went wrong",
  503: "Not available",
};

/** The reply for an error: a refusal says what to do, anything else says nothing about our insides. */
export function problemReply(c: Context, error: unknown): Response {
  const requestId = c.res.headers.get("x-request-id") ?? "";
  if (error instanceof Refusal) {
    const wait = error.detail?.["retryAfterSeconds"];
    if (typeof wait === "number") c.header("retry-after", String(wait));
    return reply(c, {
      type: "about:blank",
      title: titles[statusOf[error.code]] ?? "Refused",
      status: statusOf[error.code],
      code: error.code,
      detail: error.message,
      requestId,
      ...(error.faults ? { errors: error.faults } : {}),
      ...error.detail,
    });
  }
  report(error);
  const away = isDatabaseAway(error);
  return reply(c, {
    type: "about:blank",
    title: titles[away ? 503 : 500] ?? "",
    status: away ? 503 : 500,
    code: away ? "unavailable" : "unforeseen",
    detail: away ? "The database does not answer just now. Nothing was decided or saved; try again." : "Something went wrong on our side. Nothing was saved; try again.",
    requestId,
  });
}

export function reply(c: Context, problem: Problem): Response {
  if (problem.status === 503) c.header("retry-after", "1");
  if (problem.status === 401) c.header("www-authenticate", "Bearer");
  return c.body(JSON.stringify(problem), problem.status as 400, { "content-type": "application/problem+json; charset=utf-8" });
}
