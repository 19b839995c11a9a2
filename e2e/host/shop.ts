// A small host application: a bicycle shop that knows its customers by numbers of its own and Handshake by its client
// alone. It does what the test tells it by messages, and tells of every webhook that it was sent.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Handshake } from "handshake/client";
import { HandshakeRefusal } from "handshake/client/errors";
import { readWebhook } from "handshake/client/webhook";
import type { Choice, Json, Question } from "handshake/client/types";

const handshake = new Handshake({ gateway: process.env["HANDSHAKE_GATEWAY"] ?? "", apiKey: process.env["HANDSHAKE_API_KEY"] ?? "", waits: [50] });
const use = process.env["SHOP_USE"] ?? "";
let secret = "";

/** What the customer would see; the shop shows every word of it. */
const shown = ({ title, question, benefit, ifNo, terms, changes, choices, reason }: Question) => ({ title, question, benefit, ifNo, reason, terms: terms.map(({ label, value }) => `${label}: ${value}`), changes: changes.map(({ text }) => text), choices: choices.map(({ answer }) => answer) });

const acts = {
  /** Somebody opens the shop: they are asked what is due, all on one screen, and answer. */
  async visit(person: string, say: Choice): Promise<unknown> {
    const { questions } = await handshake.ask({ person });
    if (questions.length === 0) return { shown: [], receipts: [] };
    const answers = questions.map(({ token, choices }) => ({ token, answer: (choices.find(({ answer }) => answer === say) ?? choices[0]!).answer }));
    const { receipts } = await handshake.answer({ person, answers, channel: "shop" });
    return { shown: questions.map(shown), receipts: receipts.map(({ index, answer, version }) => ({ index, answer, version })) };
  },

  /** Before every page with picks: may we? */
  async mayRecommend(person: string, version?: number): Promise<unknown> {
    const { allowed, reason, version: about } = await handshake.decide({ person, use, ...(version === undefined ? {} : { version }) });
    return { allowed, reason, version: about };
  },

  /** Remembers something, and where that is not permitted asks for it on the spot. */
  async remember(person: string, key: string, value: Json): Promise<unknown> {
    const item = { value, category: "user.behavior.browsing_history", use, source: "observed" as const };
    try {
      return await handshake.remember(person, key, item);
    } catch (error) {
      if (!(error instanceof HandshakeRefusal) || error.code !== "permission-required") throw error;
      const question = error.problem["question"] as Question | null;
      if (!question) return { refused: error.problem["reason"] };
      const { receipts } = await handshake.answer({ person, answers: [{ token: question.token, answer: "granted" }] });
      return { asked: shown(question), version: receipts[0]?.version, item: await handshake.remember(person, key, item) };
    }
  },

  async recall(person: string): Promise<unknown> {
    const items: unknown[] = [];
    for await (const { key, value } of handshake.memory(person, { use })) items.push({ key, value });
    return items;
  },

  async changeMind(person: string): Promise<unknown> {
    return (await handshake.withdraw(person, use)).receipts.map(({ answer }) => answer);
  },

  /** Writes to everybody on a list who permits it. */
  async mailing(list: string, keep: "permitted" | "suppressed"): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of handshake.cleanse(lines(list), { type: "csv", use, keep, column: "customer" })) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  },

  async forget(person: string): Promise<void> {
    await handshake.forget(person);
  },

  async confirm(event: string): Promise<void> {
    await handshake.confirm(event);
  },

  /** The secret that an admin was shown when they added the shop. */
  async learn(shared: string): Promise<void> {
    secret = shared;
  },
} as const;

async function* lines(list: string): AsyncGenerator<string> {
  for (const line of list.split(/(?<=\n)/)) yield line;
}

const listener = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    try {
      process.send?.({ event: readWebhook(secret, request.headers, Buffer.concat(pieces).toString("utf8")) });
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
});

type Order = { readonly id: number; readonly act: keyof typeof acts; readonly words: readonly never[] };
process.on("message", ({ id, act, words }: Order) => {
  const doing: Promise<unknown> = Reflect.apply(acts[act], acts, words);
  doing.then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: error instanceof HandshakeRefusal ? { code: error.code, message: error.message } : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
listener.listen(0, "127.0.0.1", () => process.send?.({ port: (listener.address() as AddressInfo).port }));
