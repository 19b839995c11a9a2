import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { parse } from "csv-parse";
import { z } from "zod";
import type { ImportRequest } from "@/lib/client/types";
import { PlainError } from "@/lib/data/settings/plain-error";
import { askGateway } from "./gateway-client";

const usage =
  'Use it as: handshake import --use KEY --version N --source "Old shop" < consents.csv. The columns are person, answer (granted, refused, withdrawn or objected), answeredAt, and until where a yes has an end.';

type Consent = ImportRequest["consents"][number];

const row = z.object({
  person: z.string().min(1, "the person is missing"),
  answer: z.enum(["granted", "refused", "withdrawn", "objected"], { error: "the answer is granted, refused, withdrawn or objected" }),
  answeredAt: z.string().min(1, "answeredAt is missing"),
  until: z.string().optional(),
});

/** The most that the gateway takes at once. */
const together = 1_000;

/**
 * `handshake import … < consents.csv`: brings earlier consents along. Each thousand goes with a key made of what it says, so
 * that the same file sent again brings nothing twice.
 */
export async function runImport(words: readonly string[]): Promise<"done"> {
  const { use, version, source } = options(words);
  const sum = { imported: 0, skipped: new Map<string, number>() };
  for await (const consents of thousands(process.stdin, { use, version })) {
    const idempotencyKey = createHash("sha256").update(JSON.stringify({ source, consents })).digest("hex");
    const { imported, rows } = await askGateway((handshake) => handshake.importConsents({ source, consents }, { idempotencyKey }));
    sum.imported += imported;
    for (const one of rows) if (one.fate === "skipped") sum.skipped.set(one.why, (sum.skipped.get(one.why) ?? 0) + 1);
  }
  console.log(`${figure(sum.imported)} imported.`);
  for (const [why, count] of sum.skipped) console.log(`${figure(count)} skipped: ${why}`);
  return "done";
}

const figure = (count: number): string => count.toLocaleString("en-GB");

/** The rows of a CSV with a header, by thousands; memory stays flat. @throws PlainError naming the line of a bad row */
async function* thousands(input: Readable, { use, version }: { readonly use: string; readonly version: number }): AsyncGenerator<Consent[]> {
  const reader = input.pipe(parse({ columns: (names: string[]) => names.map((name) => name.trim()), bom: true, skip_empty_lines: true, trim: true }));
  let [line, gathered]: [number, Consent[]] = [1, []];
  try {
    for await (const record of reader) {
      line++;
      const { until, ...said } = read(record, line);
      gathered.push({ ...said, use, version, ...(until === undefined || until === "" ? {} : { until }) });
      if (gathered.length === together) {
        yield gathered;
        gathered = [];
      }
    }
  } catch (error) {
    if (error instanceof PlainError || !(error instanceof Error && "code" in error && String(error.code).startsWith("CSV_"))) throw error;
    throw new PlainError(`The list cannot be read: ${error.message}. What came before it was imported; mend it and send it again.`, error);
  }
  if (gathered.length > 0) yield gathered;
}

function read(record: unknown, line: number): z.infer<typeof row> {
  const { data, error } = row.safeParse(record);
  if (data === undefined) throw new PlainError(`Row ${line}: ${error?.issues[0]?.message ?? "it cannot be read"}. The rows of whole thousands before it were imported; mend it and send the file again.`);
  return data;
}

function options(words: readonly string[]): { readonly use: string; readonly version: number; readonly source: string } {
  const text = { type: "string" } as const;
  try {
    const { use, version, source } = parseArgs({ args: [...words], options: { use: text, version: text, source: text } }).values;
    if (use === undefined || source === undefined || !/^[1-9]\d{0,5}$/.test(version ?? "")) throw new PlainError(usage);
    return { use, version: Number(version), source };
  } catch (cause) {
    throw cause instanceof PlainError ? cause : new PlainError(usage, cause);
  }
}
