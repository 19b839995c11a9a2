import pg from "pg";
import { expect } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { memoryPageView, type MemoryPageView } from "@/lib/contract/memory";
import { closeDatabase, database } from "@/lib/data/client";
import { gatewayApp } from "@/lib/delivery/gateway/app";

/** For tests of what is remembered: a host with its key, a subscriber who hears what was removed, and what lies in the tables. */
const app = gatewayApp();
export const category = "user.behavior.browsing_history";

let open: { readonly base: TestDatabase; readonly owner: pg.Client; readonly key: string } | undefined;

export async function openMemory(): Promise<void> {
  const base = await openTestDatabase();
  const owner = new pg.Client({ connectionString: base.ownerUrl });
  await owner.connect();
  open = { base, owner, key: await apiKeyRow(owner, ["remember"]) };
  await owner.query("INSERT INTO webhook (name, url, kinds, secret) VALUES ('shop', 'https://shop.example/hooks', '{memory.removed}', '\\x00')");
}

export async function closeMemory(): Promise<void> {
  await Promise.all([open?.owner.end(), closeDatabase()]);
  await open?.base.drop();
}

/** The tables' owner, for what a test must do behind the application's back. */
export function owner(): pg.Client {
  if (!open) throw new Error("open the memory first");
  return open.owner;
}

/** For how many days what ended is frozen. */
export const freezeFor = (memoryFreezeDays: number) =>
  database().organisation.update({ where: { id: 1 }, data: { memoryFreezeDays, reask: "any", questionsPerVisit: 20, questionsPerMonth: null } });

export const call = (method: string, path: string, body?: unknown, bearer = open?.key) =>
  app.request(path, { method, headers: { authorization: `Bearer ${bearer}` }, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) });
export const at = (ref: string, name?: string) => `/v1/people/${encodeURIComponent(ref)}/memory${name === undefined ? "" : `/${name}`}`;
export const put = (ref: string, name: string, use: string, more: Record<string, unknown> = {}) => call("PUT", at(ref, name), { value: "enduro", category, use, source: "observed", ...more });
export const read = (ref: string, name: string, query = "") => call("GET", at(ref, name) + query);

export async function list(ref: string, query = ""): Promise<MemoryPageView> {
  const reply = await call("GET", at(ref) + query);
  expect(reply.status).toBe(200);
  return memoryPageView.parse(await reply.json());
}

/** A person's items as they are stored. */
export const stored = async (person: string) => database().memoryItem.findMany({ where: { personId: person } });
/** What subscribers were told of a person's memory, oldest first. */
export const told = async (person: string) =>
  (await owner().query<{ body: unknown }>("SELECT body FROM webhook_event WHERE person_id = $1 AND kind = 'memory.removed' ORDER BY place", [person])).rows.map(({ body }) => body);
