import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { removePlace } from "@/lib/data/embedded-postgres/place";
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { migrate } from "@/lib/data/migrate/migrate";
import { testBinaries } from "./test-binaries";

/** Connection URLs of the run's cluster; the path of each names the migrated template that test databases copy. */
export type ClusterUrls = { readonly superuser: string; readonly owner: string; readonly app: string };

declare module "vitest" {
  interface ProvidedContext {
    cluster: ClusterUrls;
  }
}

/**
 * Before the database tests: one throw-away cluster in a temporary folder, with a migrated database to copy.
 * @returns what stops and removes it after the last test
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-test-"));
  const cluster = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ folder: cluster, binaries: testBinaries(), durable: false });
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
