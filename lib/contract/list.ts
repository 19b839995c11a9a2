import { z } from "zod";
import { call } from "./call";
import { requestId, text, useKey, whole } from "./text";
import { decisionReasons, type DecisionReason } from "@/lib/domain/decision";

export type ListFormat = "csv" | "ndjson";

export const contentTypeOf: { readonly [F in ListFormat]: string } = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson; charset=utf-8" };

/** The format that a content type says, or null for another one. */
export function formatOf(contentType: string | undefined): ListFormat | null {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/csv") return "csv";
  return ["application/x-ndjson", "application/ndjson", "application/jsonl"].includes(type) ? "ndjson" : null;
}

/** Who stays in a list. */
export const keeps = ["permitted", "suppressed"] as const;

export const listParams = z.strictObject({ use: useKey });
export const listQuery = z.strictObject({
  version: whole("The version", 1, 1_000_000).describe("The version of the use to decide on; without it the one in force at each row's turn.").optional(),
  keep: z.enum(keeps, { error: "Keep `permitted` or `suppressed`." }).describe("Who stays in the list: those who permit the use, or the others with the reason.").default("permitted"),
  column: text({ max: 200, what: "The column" }).describe("The CSV column or NDJSON field that holds what your own systems call the person. Unless named: in a CSV the column `person` or `ref`, else the first; in NDJSON the field `person`.").optional(),
  summary: z.enum(["true", "false"], { error: "Say `true` or `false`." }).describe("NDJSON only: a last line with the count by reason.").default("false").transform((word) => word === "true"),
});
export type ListAsked = z.infer<typeof listParams> & z.infer<typeof listQuery> & { readonly format: ListFormat };

/** How many rows were decided how. */
export type ListCounts = { readonly [R in DecisionReason]?: number };
export const listCounts = z.partialRecord(z.enum(decisionReasons), z.int());

/** The trailer in which the counts come, as JSON. */
export const countsTrailer = "handshake-counts";

const most = 200;
const control = /[\u0000-\u001f\u007f]/;

/**
 * What a cell says of a person, as `personRef` reads it; null where nobody can be called that, so that nobody was asked.
 * By hand, since a list has a million of them.
 */
export function refIn(cell: string): string | null {
  const ref = cell.trim();
  return ref === "" || ref.length > most || control.test(ref) || !ref.isWellFormed() ? null : ref;
}

export const cleanseCall = call({
  name: "cleanseList",
  method: "post",
  path: "/v1/lists/{use}/cleanse",
  scope: "decide",
  summary: "Who on this list may it be done for?",
  description:
    "Takes a list of any length as CSV (`text/csv`, with a header) or NDJSON (`application/x-ndjson`) and gives back, while it arrives, only the rows of people who permit the use: byte for byte and in order. With `keep=suppressed` it gives the others, with a column or field `reason`. People nobody has met are `never-asked`. The count by reason comes at the end: in the trailer `handshake-counts` as JSON, and for NDJSON with `summary=true` also as a last line `{\"summary\":{…}}`, since not every client can read trailers. Each row is decided from the truth at its turn. A row that cannot be read is 422 with its line where nothing was sent yet; later the connection is cut, so that half a list is never taken for a whole one.",
  params: listParams,
  query: listQuery,
  streams: ["text/csv", "application/x-ndjson"],
  reply: { status: 200, body: z.string(), type: "text/csv", description: "The rows, in the format in which they came." },
  idempotency: "none",
  refusals: ["not-found"],
});

/** A piece of a list that staff send from their page: for CSV always with the header before it. */
export const listPieceQuery = z.strictObject({
  /** Names the whole list: its pieces make one entry in the ledger. */
  request: requestId,
  use: useKey,
  format: z.enum(["csv", "ndjson"], { error: "Choose a CSV or NDJSON file." }),
  column: text({ max: 200, what: "The column" }).optional(),
  /** The number of the line that the piece goes on at, behind the header. */
  line: whole("The line", 1, Number.MAX_SAFE_INTEGER).optional(),
  last: z.enum(["true", "false"]).default("false").transform((word) => word === "true"),
});
export type ListPieceAsked = z.infer<typeof listPieceQuery>;

/** The largest piece, in bytes, its header included. */
export const mostPieceBytes = 4 * 1_048_576;

const bytes = z.int().min(0);
/** What became of each row of a piece: the browser that holds the file puts both lists together, and nothing is stored. */
export const listVerdict = z.object({
  /** The number of the line that comes next. */
  line: bytes,
  /** The header's bytes, and how many of them are its line end. */
  head: z.object({ length: bytes, tail: bytes }).nullable(),
  /** What stands around a reason in a row that says it. */
  before: z.string(),
  after: z.string(),
  reasons: z.array(z.object({ reason: z.enum(decisionReasons), allowed: z.boolean() })),
  /** For each row its bytes, how many of them are behind the place for a reason, and the reason's place; -1 for nobody's. */
  rows: z.array(z.tuple([bytes, bytes, z.int().min(-1)])),
});
export type ListVerdict = z.infer<typeof listVerdict>;
