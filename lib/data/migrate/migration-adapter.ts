import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Prisma's Postgres adapter, for migrating. It differs in two things: a script goes to the server whole (the original
 * cuts it at every semicolon, function bodies too), which also makes each migration one transaction; and a shadow
 * database is let go before it is dropped.
 */
export class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";

  private readonly closing: (() => Promise<void>)[] = [];

  constructor(private readonly url: string) {}

  /** Closes every connection and drops every shadow database; the engine itself forgets to. */
  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }

  async connect(): Promise<SqlDriverAdapter> {
    return this.open(this.url, async () => undefined);
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `handshake_shadow_${randomUUID().replaceAll("-", "")}`;
    await this.once(`CREATE DATABASE ${name}`);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return this.open(url.href, () => this.once(`DROP DATABASE ${name}`));
  }

  private async open(url: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
    // One connection: what one statement of a migration sets, the next one must see.
    const pool = new pg.Pool({ connectionString: url, max: 1, application_name: "handshake migrate" });
    pool.on("error", () => undefined);
    const adapter = await adapterThatReadsTheCatalogue(pool);
    adapter.executeScript = (script) => runScript(pool, script);
    adapter.dispose = async () => undefined;
    this.closing.push(async () => {
      await pool.end();
      await afterwards();
    });
    return adapter;
  }

  private async once(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

/** Type ids of Postgres: the one-byte "char" of its own catalogue, and lists of it. */
const [charType, charListType] = [18, 1002];

/**
 * The pool, and the adapter on it, made to read the catalogue's "char" columns: the engine asks for them when it
 * describes a database, and the adapter knows lists of that type but not the type. The pool declares such a column a
 * list, and the adapter's answer is put right.
 */
async function adapterThatReadsTheCatalogue(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const query = async (statement: pg.QueryArrayConfig) => {
    const result = await pool.query(statement);
    for (const field of result.fields) if (field.dataTypeID === charType) field.dataTypeID = charListType;
    return result;
  };
  const readable = new Proxy(pool, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
  const adapter = await new PrismaPg(readable).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    const columnTypes = result.columnTypes.map((type) => (type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type));
    return { ...result, columnTypes };
  };
  return adapter;
}

async function runScript(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DriverAdapterError({
      kind: "postgres",
      code: error.code ?? "XX000",
      severity: error.severity ?? "ERROR",
      message: error.message,
      detail: error.detail,
      column: error.column,
      hint: error.hint,
    });
  }
}
