import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { embeddedBinaries, installedBinaries, type FindBinaries } from "@/lib/data/embedded-postgres/binaries";
import { removePlace } from "@/lib/data/embedded-postgres/place";
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { migrate } from "@/lib/data/migrate/migrate";

/** Connection URLs of the run's cluster; the path of each names the migrated template that test databases copy. */
export type ClusterUrls = { readonly superuser: string; readonly owner: string; readonly app: string };

declare module "vitest" {
  interface ProvidedContext {
    cluster: ClusterUrls;
  }
}

/**
 * Before the database tests: one throw-away cluster in a temporary folder, with a migrated database to copy.
 * HANDSHAKE_TEST_POSTGRES chooses which PostgreSQL: `embedded` (unless named), `installed`, or a folder of programs.
 * @returns what stops and removes it after the last test
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-test-"));
  const cluster = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ folder: cluster, binaries: await chooseBinaries(), durable: false });
  await migrate(server.url("handshake_owner"));
  project.provide("cluster", {
    superuser: server.url("postgres"),
    owner: server.url("handshake_owner"),
    app: server.url("handshake_app"),
  });
  return async () => {
    await server.stop();
    await removePlace(cluster);
    await rm(folder, { recursive: true, force: true });
  };
}

async function chooseBinaries(): Promise<FindBinaries> {
  const choice = process.env["HANDSHAKE_TEST_POSTGRES"] ?? "embedded";
  if (choice === "embedded") return embeddedBinaries();
  if (choice !== "installed") return installedBinaries(choice);
  const installed = await findInstalled();
  if (installed === null) throw new Error("HANDSHAKE_TEST_POSTGRES=installed, and no PostgreSQL 15 or newer is installed in a place known to us");
  return installedBinaries(installed);
}

/** The folder of the newest installed PostgreSQL's programs: Debian's, Red Hat's and Homebrew's places. */
export async function findInstalled(): Promise<string | null> {
  const debian = await readdir("/usr/lib/postgresql").catch(() => []);
  const versions = debian.filter((name) => Number(name) >= 15).sort((a, b) => Number(b) - Number(a));
  const places = [
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...[18, 17, 16, 15].flatMap((version) => [
      `/usr/pgsql-${version}/bin`,
      `/opt/homebrew/opt/postgresql@${version}/bin`,
      `/usr/local/opt/postgresql@${version}/bin`,
    ]),
  ];
  return places.find((place) => existsSync(path.join(place, "initdb")) && existsSync(path.join(place, "postgres"))) ?? null;
}
