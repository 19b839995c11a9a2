import { randomUUID } from "node:crypto";
import pg from "pg";
import { apiKeyRow } from "@/e2e/support/rows";
import type { QuestionView } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { parseEntry } from "@/lib/data/ledger/write";
import { house, type PersonActor } from "@/lib/domain/actor";
import type { Entry } from "@/lib/domain/entry";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import { addPerson } from "@/lib/usecases/add-person";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";

/** For tests of answers through the gateway: a host with its key, and people it knows by a ref. */
export type Host = {
  /** Sends a call; `headers` beside the key. */
  send(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  answer(person: string, answers: readonly unknown[], more?: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<Response>;
  decide(person: string, use: string, version?: number): Promise<Record<string, unknown>>;
};

export async function newHost(ownerUrl: string, scopes: readonly string[] = ["ask", "decide"]): Promise<Host> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const key = await apiKeyRow(owner, scopes);
  await owner.end();
  const app = gatewayApp();
  const send: Host["send"] = async (path, body, headers = {}) =>
    app.request(path, { headers: { authorization: `Bearer ${key}`, ...headers }, ...(body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }) });
  return {
    send,
    answer: (person, answers, more = {}, headers = {}) => send("/v1/answers", { person, answers, ...more }, headers),
    decide: async (person, use, version) => (await send("/v1/decisions", { person, use, ...(version === undefined ? {} : { version }) })).json() as Promise<Record<string, unknown>>,
  };
}

export type Known = PersonActor & { readonly ref: string };

export async function somebody(): Promise<Known> {
  const ref = `customer ${randomUUID()}`;
  const { id } = await addPerson(house, { ref, email: undefined, name: undefined, locale: "en" });
  return { kind: "person", id, channel: "host", ref };
}

/** The question about a data use, due or not. */
export const questionOn = (who: PersonActor, use: string): Promise<QuestionView> => askQuestionsAgain(who, { kind: "permission", key: use });
export const isAsked = async (who: PersonActor, use: string): Promise<boolean> => (await askQuestions(who)).some((one) => one.kind === "permission" && one.use === use);

/** A person's entries, oldest first. */
export async function entriesOf(who: PersonActor): Promise<Entry[]> {
  const rows = await database().ledgerEntry.findMany({ where: { personId: who.id }, orderBy: { index: "asc" } });
  return rows.map((row) => parseEntry(row.body));
}

export type Replied = { receipts: Record<string, unknown>[]; code?: string; errors?: { path: string }[]; question?: QuestionView };
export const read = async (reply: Response): Promise<Replied> => reply.json() as Promise<Replied>;
