import { stringify } from "csv-stringify/sync";
import type { ReportKind } from "@/lib/contract/report";
import { pool } from "@/lib/data/client";
import { lastAnswered, policiesInForce, usesInForce, type Moment } from "@/lib/data/reports";

/** Downloads hold a connection each while they run; pages need some, too. */
const atOnce = 4;
/** Whoever stops reading gives the connection back after this. */
const patience = "60s";
/** Rows in memory at a time. */
const batch = 5_000;

let free = atOnce;
const waiting: (() => void)[] = [];

export type Snapshot = {
  readonly moment: Moment;
  /** From here on everything read belongs to this moment. */
  begin(): Promise<void>;
  /** Gives the connection back; harmless to repeat. */
  close(): void;
};

/** Takes a connection for one download, waiting for its turn. */
export async function openSnapshot(): Promise<Snapshot> {
  await takeTurn();
  const client = await pool().connect().catch((error: unknown) => {
    giveTurn();
    throw error;
  });
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    // Its transaction may still be open, so the connection ends with it.
    client.release(true);
    giveTurn();
  };
  client.on("error", close);
  return {
    moment: client,
    close,
    begin: async () => {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      await client.query(`SET LOCAL idle_in_transaction_session_timeout = '${patience}'`);
      await client.query("SELECT 1");
    },
  };
}

async function takeTurn(): Promise<void> {
  if (free > 0) free -= 1;
  else await new Promise<void>((go) => waiting.push(go));
}

function giveTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else free += 1;
}

type Cell = string | number;

/** Rows as UTF-8 CSV: CRLF (RFC 4180), a byte order mark with the header, and no cell that a spreadsheet would run. */
export function csvBytes(rows: readonly (readonly Cell[])[], header?: readonly string[]): Uint8Array {
  const text = stringify(rows.map((row) => [...row]), {
    record_delimiter: "windows",
    escape_formulas: true,
    ...(header ? { header: true, columns: [...header], bom: true } : {}),
  });
  return new Uint8Array(Buffer.from(text, "utf8"));
}

/** Reads chunk by chunk, only when the reader asks for more; gives the connection back at the end, and when it stops early. */
export function streamOf(chunks: AsyncGenerator<Uint8Array>, snapshot: Snapshot): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (!done) return controller.enqueue(value);
          snapshot.close();
          controller.close();
        } catch (error) {
          snapshot.close();
          controller.error(error);
        }
      },
      cancel: () => snapshot.close(),
    },
    { highWaterMark: 0 },
  );
}

const answerColumns = ["person", "answer", "version", "answered at (UTC)", "ledger entry", "channel"] as const;

const inUtc = (column: string) => `COALESCE(to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '')`;

/** Of a data use it is also said how far an answer reaches, and which answers were given elsewhere, to what is not known here. */
const answersOf = {
  use: {
    columns: [...answerColumns, "keeps version", "until (UTC)", "for one time", "brought in from", "answered there (UTC)"],
    rows: `SELECT r.person_id::text, CASE WHEN r.state = 'granted' AND r.declined IS NOT NULL THEN 'kept' ELSE r.state END, ${lastAnswered("r")}, ${inUtc("r.answered_at")}, r.entry_index::text, r.channel,
                  CASE WHEN r.state = 'granted' AND r.declined IS NOT NULL THEN r.version::text ELSE '' END, ${inUtc("r.expires_at")},
                  CASE WHEN r.used_at IS NOT NULL THEN 'used' WHEN r.once THEN 'yes' ELSE '' END, COALESCE(r.imported_from, ''), ${inUtc("r.imported_at")}
             FROM permission r WHERE r.use_id = $1 AND ${lastAnswered("r")} = $2 ORDER BY r.person_id`,
  },
  policy: {
    columns: answerColumns,
    rows: `SELECT person_id::text, state, version, ${inUtc("answered_at")}, entry_index::text, channel FROM acceptance WHERE policy_id = $1 AND version = $2 ORDER BY person_id`,
  },
} as const;

/** Whether a version was ever published; nobody can have answered another. */
export async function hasVersion({ moment }: Snapshot, kind: ReportKind, id: string, version: number): Promise<boolean> {
  const { rows } = await moment.query(
    kind === "use"
      ? "SELECT FROM data_use_version WHERE use_id = $1 AND number = $2 AND published_at IS NOT NULL"
      : "SELECT FROM policy_version WHERE policy_id = $1 AND number = $2 AND published_at IS NOT NULL",
    [id, version],
  );
  return rows.length === 1;
}

/** How many people's last answer was to this version. */
export async function countAnswers({ moment }: Snapshot, id: string, version: number): Promise<number> {
  const { rows } = await moment.query<{ count: number }>(`SELECT COALESCE(sum(t.count), 0)::float8 AS count FROM tally t WHERE t.subject = $1 AND ${lastAnswered("t")} = $2`, [id, version]);
  return rows[0]?.count ?? 0;
}

/** Every last answer to one version, by person, as CSV in batches through a cursor. */
export async function* answersCsv({ moment }: Snapshot, kind: ReportKind, id: string, version: number): AsyncGenerator<Uint8Array> {
  const { columns, rows: answers } = answersOf[kind];
  await moment.query(`DECLARE answers NO SCROLL CURSOR FOR ${answers}`, [id, version]);
  yield csvBytes([], columns);
  for (;;) {
    const { rows } = await moment.query<Cell[]>({ text: `FETCH ${batch} FROM answers`, rowMode: "array" });
    if (rows.length > 0) yield csvBytes(rows);
    if (rows.length < batch) return;
  }
}

export type ExportedVersion = { readonly id: string; readonly kind: ReportKind; readonly key: string; readonly name: string; readonly version: number; readonly publishedAt: Date; readonly inForce: boolean; readonly asks: boolean };

const versionsOf = {
  use: `SELECT f.id, f.kind, f.key, f.name, v.number AS version, v.published_at AS "publishedAt", v.number = f.version AS "inForce", f.asks
          FROM (SELECT * FROM (${usesInForce}) all_uses WHERE key > $1 ORDER BY key LIMIT $2) f
          JOIN data_use_version v ON v.use_id = f.id AND v.published_at IS NOT NULL ORDER BY f.key, v.number`,
  policy: `SELECT f.id, f.kind, f.key, f.name, v.number AS version, v.published_at AS "publishedAt", v.number = f.version AS "inForce", f.asks
          FROM (SELECT * FROM (${policiesInForce}) all_policies WHERE key > $1 ORDER BY key LIMIT $2) f
          JOIN policy_version v ON v.policy_id = f.id AND v.published_at IS NOT NULL AND v.cancelled_at IS NULL AND v.in_force_from <= clock_timestamp()
         ORDER BY f.key, v.number`,
} as const;

/** Every version that is or was in force, of a page of data uses or policies after a key. */
export async function readExportedVersions({ moment }: Snapshot, kind: ReportKind, after: string, subjects: number): Promise<ExportedVersion[]> {
  const { rows } = await moment.query<ExportedVersion>(versionsOf[kind], [after, subjects]);
  return rows;
}

/** How many such versions there are in all. */
export async function countVersions({ moment }: Snapshot): Promise<number> {
  const { rows } = await moment.query<{ count: number }>(`
    SELECT ((SELECT count(*) FROM data_use_version WHERE published_at IS NOT NULL)
          + (SELECT count(*) FROM policy_version WHERE published_at IS NOT NULL AND cancelled_at IS NULL AND in_force_from <= clock_timestamp()))::float8 AS count`);
  return rows[0]?.count ?? 0;
}
