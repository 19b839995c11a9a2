import pg from "pg";
import { PlainError } from "@/lib/data/settings/plain-error";

/** The oldest PostgreSQL that Handshake runs on. */
const oldestMajor = 15;

/** What one look at a database tells. */
export type DatabaseFacts = {
  /** The login of the connection. */
  readonly login: string;
  readonly superuser: boolean;
  /** Whether a transaction may write: false on a replica. */
  readonly writable: boolean;
};

/**
 * Connects once and looks.
 * @param name the variable to name in messages, e.g. `DATABASE_URL`
 * @throws PlainError when it cannot be reached, refuses the login, is too old or read-only
 */
export async function checkDatabase(url: string, name: string): Promise<DatabaseFacts> {
  return withConnection(url, name, async (client) => {
    const { rows } = await client.query<{ login: string; superuser: boolean; writable: boolean; version: number }>(
      `SELECT current_user AS login,
              (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,
              NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable,
              current_setting('server_version_num')::int AS version`,
    );
    const facts = rows[0];
    if (facts === undefined) throw new PlainError(`The database in ${name} gave no answer.`);
    const major = Math.floor(facts.version / 10_000);
    if (major < oldestMajor) throw new PlainError(`The database in ${name} is PostgreSQL ${major}; Handshake needs ${oldestMajor} or newer.`);
    if (!facts.writable) throw new PlainError(`The database in ${name} is read-only (a replica, or set so); Handshake needs one it can write to.`);
    return facts;
  });
}

/**
 * Runs `work` on a connection of its own and closes it.
 * @throws PlainError when the connection cannot be made; whatever `work` throws otherwise
 */
export async function withConnection<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: "handshake start" });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explain(error, url, name);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Which failure of a connection is worth which words; by SQLSTATE, PostgreSQL's appendix A. */
function explain(error: unknown, url: string, name: string): PlainError {
  const { hostname, port, pathname, username } = new URL(url);
  const server = `${hostname || "localhost"}:${port || "5432"}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "28P01" || code === "28000") return new PlainError(`The database at ${server} refuses the login "${decodeURIComponent(username)}": check the name and password in ${name}.`, error);
  if (code === "3D000") return new PlainError(`There is no database "${decodeURIComponent(pathname.slice(1))}" at ${server}: make it, or correct ${name}.`, error);
  if (code === "42501") return new PlainError(`The login "${decodeURIComponent(username)}" may not use the database in ${name}: grant it CONNECT.`, error);
  if (code === "53300") return new PlainError(`The database at ${server} has no connection to spare; raise its max_connections.`, error);
  const said = error instanceof AggregateError ? code : error instanceof Error ? error.message : String(error);
  return new PlainError(`The database at ${server} cannot be reached (${said.replace(/\.$/, "")}): check ${name} and that the server runs.`, error);
}
