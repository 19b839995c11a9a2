import path from "node:path";
import { startEmbeddedPostgres, type StartOptions } from "@/lib/data/embedded-postgres/start";
import type { PlaceSettings } from "@/lib/data/settings/settings";
import { prepareDatabase, type Connections } from "./connections";
import { migrate } from "./migrate";

export type OpenDatabase = Connections & {
  /** Whether it held nothing of ours before. */
  readonly fresh: boolean;
  /** One line for the terminal: which database this is, without its password. */
  readonly description: string;
  /** Calls back once if an embedded server goes away on its own. */
  onLost(callback: () => void): void;
  /** Stops the embedded server unless others use it; leaves a database of the operator's alone. */
  close(): Promise<void>;
};

/** The folder of the embedded cluster. */
export function embeddedFolder(place: PlaceSettings): string {
  return path.join(place.directory, "postgres");
}

/**
 * Opens the database this environment names, or the embedded one when it names none, and brings it up to date.
 * @throws PlainError in one sentence when it cannot
 */
export async function openDatabase(place: PlaceSettings, embedded: Omit<StartOptions, "folder"> = {}): Promise<OpenDatabase> {
  const { databaseUrl, databaseOwnerUrl } = place.given;
  if (databaseUrl !== null) {
    const { host, pathname } = new URL(databaseUrl);
    return {
      ...(await prepareDatabase({ databaseUrl, databaseOwnerUrl })),
      description: `PostgreSQL at ${host}${pathname}`,
      onLost: () => undefined,
      close: async () => undefined,
    };
  }
  const server = await startEmbeddedPostgres({ ...embedded, folder: embeddedFolder(place) });
  const fresh = await migrate(server.url("handshake_owner"), "the embedded database").then(
    ({ before }) => before === 0,
    async (error: unknown) => {
      await server.stop();
      throw error;
    },
  );
  return {
    fresh,
    ownerUrl: server.url("handshake_owner"),
    appUrl: server.url("handshake_app"),
    description: `embedded PostgreSQL on port ${server.port}, files in ${server.folder}`,
    onLost: (callback) => server.onLost(callback),
    close: () => server.stop(),
  };
}
