import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { apiKeyRow } from "@/e2e/support/rows";
import { testBinaries } from "@/e2e/support/test-binaries";
import { Handshake } from "@/lib/client/client";
import { closeDatabase } from "@/lib/data/client";
import { freePort } from "@/lib/data/embedded-postgres/ports";
import { removeEmbeddedPostgres } from "@/lib/data/embedded-postgres/remove";
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { migrate } from "@/lib/data/migrate/migrate";
import { Child } from "@/lib/delivery/cli/child";
import { typescript } from "@/lib/delivery/cli/programs";

/** One database and several gateways before it, which know nothing of one another. */
export type Ground = {
  /** A client for each gateway. */
  readonly gateways: readonly Handshake[];
  readonly addresses: readonly string[];
  readonly apiKey: string;
  readonly owner: pg.Client;
  remove(): Promise<void>;
};

/** Makes them, and points this process at the same database. Call it before anything asks for `settings()`. */
export async function prepareGround(count: number): Promise<Ground> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-truth-"));
  const cluster = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ folder: cluster, binaries: testBinaries(), durable: false });
  await migrate(server.url("handshake_owner"));
  const environment = {
    DATABASE_URL: server.url("handshake_app"),
    HANDSHAKE_SECRET: randomBytes(48).toString("base64"),
    HANDSHAKE_MASTER_KEY: randomBytes(32).toString("base64"),
    HANDSHAKE_DIR: folder,
    HANDSHAKE_CALLS_PER_SECOND: "1000000",
  };
  Object.assign(process.env, environment);
  const owner = new pg.Client({ connectionString: server.url("handshake_owner") });
  await owner.connect();
  // The budget of questions is another matter: here everything is asked.
  await owner.query("UPDATE organisation SET questions_per_visit = 10, questions_per_month = NULL");
  const apiKey = await apiKeyRow(owner, ["ask", "decide", "remember"]);
  const ports = await Promise.all(Array.from({ length: count }, () => freePort("127.0.0.1")));
  const children = await Promise.all(ports.map((port) => start(port, environment)));
  const addresses = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    gateways: addresses.map((gateway) => new Handshake({ gateway, apiKey, attempts: 1, timeout: 60_000 })),
    addresses,
    apiKey,
    owner,
    async remove() {
      await Promise.all(children.map((child) => child.stop()));
      await Promise.all([owner.end(), closeDatabase()]);
      await server.stop();
      await removeEmbeddedPostgres(cluster);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(port: number, environment: Readonly<Record<string, string>>): Promise<Child> {
  const child = new Child({ name: `gateway ${port}`, parameters: typescript("lib/delivery/gateway/main.ts"), environment: { ...process.env, ...environment, GATEWAY_PORT: String(port) }, talks: false });
  await new Promise<void>((resolve, reject) => {
    child.onMessage(() => resolve());
    void child.exited.then(() => reject(new Error(`A gateway did not start:\n${child.lastWords}`)));
  });
  return child;
}

export const newRef = (): string => `person ${randomUUID()}`;
