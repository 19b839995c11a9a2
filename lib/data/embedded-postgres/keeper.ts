import pg from "pg";

/** The lock every user of an embedded server shares, so that the last one to leave knows to stop it. */
const usersLock = 4_870_001;

/**
 * A connection that stands for one user of the server. It vanishes with its process, so a killed user leaves nothing
 * behind to be counted.
 */
export class Keeper {
  private constructor(private readonly client: pg.Client) {}

  /**
   * Connects as superuser and joins the users of the server.
   * @returns null when nothing answers there, the password is not this one, or the server is being stopped.
   */
  static async join(port: number, password: string, dataFolder: string): Promise<Keeper | null> {
    const client = new pg.Client({
      host: "127.0.0.1",
      port,
      user: "postgres",
      password,
      database: "postgres",
      connectionTimeoutMillis: 5_000,
      application_name: "handshake keeper",
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ folder: string; joined: boolean }>(
        "SELECT current_setting('data_directory') AS folder, pg_try_advisory_lock_shared($1) AS joined",
        [usersLock],
      );
      if (rows[0]?.folder === dataFolder && rows[0].joined) return new Keeper(client);
    } catch {
      // Not up yet, going down, or not ours: the caller tells these apart by the process.
    }
    await client.end().catch(() => undefined);
    return null;
  }

  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.client.query<Record<string, unknown>>(sql)).rows;
  }

  /** Calls back once if the server goes away while we use it. */
  onLost(callback: () => void): void {
    this.client.once("end", callback);
  }

  /** Leaves the users. @returns whether nobody else is left; then nobody can join any more until the server ends. */
  async leave(): Promise<boolean> {
    try {
      const { rows } = await this.client.query<{ last: boolean }>(
        "SELECT pg_advisory_unlock_shared($1) AND pg_try_advisory_lock($1) AS last",
        [usersLock],
      );
      return rows[0]?.last === true;
    } catch {
      return true;
    }
  }

  async close(): Promise<void> {
    this.client.removeAllListeners("end");
    await this.client.end().catch(() => undefined);
  }
}
