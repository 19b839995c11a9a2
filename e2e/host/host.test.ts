import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareGround, type Ground } from "@/e2e/support/gateways";
import { typescript } from "@/lib/delivery/cli/programs";
import { addWebhook } from "@/lib/usecases/add-webhook";
import { askableUse, kept, newStaff, publishTerms, publishText } from "@/lib/usecases/ask-questions.fixture";
import { eventKinds } from "@/lib/domain/webhook";

type Event = { readonly id: string; readonly type: string; readonly data: Readonly<Record<string, unknown>> };
type Message = { readonly port: number } | { readonly event: Event } | { readonly id: number; readonly result?: unknown; readonly error?: unknown };

/** The shop in a process of its own: it has the client, the gateway's address and a key, and nothing else of ours. */
class Shop {
  readonly events: Event[] = [];
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  private orders = 0;

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {
    process.on("message", (message: Message) => {
      if ("event" in message) this.events.push(message.event);
      if (!("id" in message)) return;
      const { resolve, reject } = this.waiting.get(message.id)!;
      if (message.error === undefined) resolve(message.result);
      else reject(message.error);
    });
  }

  static async open(environment: Record<string, string>): Promise<Shop> {
    const [file = "", ...before] = [...typescript("e2e/host/shop.ts")].reverse();
    const child = fork(file, { execArgv: before.reverse(), env: { NODE_ENV: "production", PATH: process.env["PATH"] ?? "", ...environment }, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return new Shop(child, port);
  }

  do(act: string, ...words: readonly unknown[]): Promise<unknown> {
    const id = ++this.orders;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.send({ id, act, words });
    });
  }

  /** Waits until it was told of this. */
  told(type: string, about: Readonly<Record<string, unknown>> = {}): Promise<Event> {
    return vi.waitFor(
      () => {
        const found = this.events.find((event) => event.type === type && Object.entries(about).every(([name, value]) => event.data[name] === value));
        if (!found) throw new Error(`not told of ${type} ${JSON.stringify(about)}, but of ${this.events.map((event) => `${event.type} ${JSON.stringify(event.data)}`).join(", ")}`);
        return found;
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  close(): void {
    this.process.kill();
  }
}

let ground: Ground;
let shop: Shop;
let use: string;
let policy: string;

beforeAll(async () => {
  ground = await prepareGround(1, { worker: true });
  use = await askableUse(kept(12));
  policy = `policy-${randomUUID().slice(0, 8)}`;
  await publishText(policy, { asks: "accept" });
  shop = await Shop.open({ HANDSHAKE_GATEWAY: ground.addresses[0]!, HANDSHAKE_API_KEY: ground.apiKey, SHOP_USE: use });
  const { secret } = await addWebhook(await newStaff("admin"), { requestId: randomUUID(), name: "Shop", url: `http://127.0.0.1:${shop.port}/handshake`, kinds: [...eventKinds], confirms: true });
  await shop.do("learn", secret);
});
afterAll(async () => {
  shop?.close();
  await ground?.remove();
});

test("a host asks, shows, answers, decides, remembers and cleanses by the client alone, while the use changes under it", { timeout: 240_000 }, async () => {
  // Nobody was asked yet: nothing is allowed, and nothing is remembered.
  expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: false, reason: "never-asked", version: 1 });

  // Everything due is on one screen, in the words that staff wrote, and answered in one go.
  expect(await shop.do("visit", "ann", "granted")).toMatchObject({
    shown: [
      { question: "May we?", reason: "never-asked", terms: expect.arrayContaining([expect.stringContaining("12 months")]), changes: [], choices: ["granted", "refused"] },
      { choices: ["accepted", "refused"] },
    ],
    receipts: [{ answer: "granted", version: 1 }, { answer: "accepted", version: 1 }],
  });
  expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: true, reason: "granted", version: 1 });
  expect(await shop.do("visit", "ann", "granted")).toEqual({ shown: [], receipts: [] });
  expect(await shop.do("remember", "ann", "bike.interest", "mountain bikes")).toMatchObject({ key: "bike.interest", use, version: 1 });
  expect(await shop.do("recall", "ann")).toEqual([{ key: "bike.interest", value: "mountain bikes" }]);
  await shop.told("permission.changed", { person: "ann", use, state: "granted" });

  // An officer changes the deal: the very next decision knows, the old deal still holds, and the question shows the change.
  expect(await publishTerms(use, kept(24))).toBe(2);
  expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: false, reason: "use-changed", version: 2 });
  expect(await shop.do("mayRecommend", "ann", 1)).toEqual({ allowed: true, reason: "granted", version: 1 });
  expect(await shop.do("recall", "ann")).toEqual([]);
  expect(await shop.do("remember", "ann", "bike.size", 54)).toMatchObject({
    asked: { reason: "use-changed", changes: [expect.stringContaining("24 months")], choices: ["granted", "refused", "kept"] },
    version: 2,
    item: { key: "bike.size", version: 2 },
  });
  await shop.told("question.due", { use, version: 2 });

  // Change upon change: every next decision is right.
  for (let version = 3; version <= 8; version++) {
    await publishTerms(use, kept(version % 2 === 0 ? 24 : 12));
    expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: false, reason: "use-changed", version });
    if (version === 8) break;
    expect(await shop.do("visit", "ann", "granted")).toMatchObject({ receipts: [{ answer: "granted", version }] });
    expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: true, reason: "granted", version });
  }

  // The third answer: the old deal goes on, the wider one does not, and nobody is asked again for it.
  expect(await shop.do("visit", "ann", "kept")).toMatchObject({ receipts: [{ answer: "kept", version: 8 }] });
  expect(await shop.do("mayRecommend", "ann")).toEqual({ allowed: false, reason: "refused", version: 8 });
  expect(await shop.do("mayRecommend", "ann", 7)).toEqual({ allowed: true, reason: "granted", version: 7 });
  expect(await shop.do("visit", "ann", "granted")).toEqual({ shown: [], receipts: [] });

  // A list: who never answered, who said no and who said yes; the rows come back as they are.
  expect(await shop.do("visit", "ben", "granted")).toMatchObject({ receipts: [{ version: 8 }, {}] });
  expect(await shop.do("visit", "cas", "refused")).toMatchObject({ receipts: [{ answer: "refused" }, { answer: "refused" }] });
  const list = 'name,customer\r\n"Ann, of Oslo",ann\r\nBen,ben\r\nCas,cas\r\nDan,dan\r\n';
  expect(await shop.do("mailing", list, "permitted")).toBe("name,customer\r\nBen,ben\r\n");
  expect(await shop.do("mailing", list, "suppressed")).toBe('name,customer,reason\r\n"Ann, of Oslo",ann,refused\r\nCas,cas,refused\r\nDan,dan,never-asked\r\n');

  // Taken back: at once for the next decision, what was remembered goes, and the shop is told and says when it is done.
  expect(await shop.do("remember", "ben", "bike.interest", "gravel")).toMatchObject({ version: 8 });
  expect(await shop.do("changeMind", "ben")).toEqual(["withdrawn"]);
  expect(await shop.do("mayRecommend", "ben")).toEqual({ allowed: false, reason: "withdrawn", version: 8 });
  expect(await shop.do("recall", "ben")).toEqual([]);
  expect(await shop.do("mailing", list, "permitted")).toBe("name,customer\r\n");
  await shop.told("memory.removed", { person: "ben" });
  const ended = await shop.told("permission.changed", { person: "ben", state: "withdrawn" });
  await shop.do("confirm", ended.id);
  const { rows } = await ground.owner.query("SELECT count(*)::int AS confirmed FROM webhook_delivery WHERE confirmed_at IS NOT NULL");
  expect(rows).toEqual([{ confirmed: 1 }]);

  // Forgotten: nobody is there any more, and the shop is told one last time whom to forget.
  await shop.do("forget", "cas");
  expect(await shop.do("mayRecommend", "cas")).toEqual({ allowed: false, reason: "never-asked", version: 8 });
  await shop.told("person.forgotten", { person: "cas" });

  // In order for each person, each delivery once or again under the same id.
  const ofAnn = shop.events.filter(({ type, data }) => type === "permission.changed" && data["person"] === "ann").map(({ data }) => Number(data["index"]));
  expect(ofAnn).toEqual([...ofAnn].sort((a, b) => a - b));
  expect(ofAnn.length).toBeGreaterThan(7);
});

test("a program that ends in the middle of a write sends it again, and it is done once", async () => {
  const before = await ground.owner.query<{ count: number }>("SELECT count(*)::int AS count FROM ledger_entry");
  const { questions } = await ground.gateways[0]!.ask({ person: "eva", uses: [use] });
  const answers = [{ token: questions[0]!.token, answer: "granted" as const }];
  const all = await Promise.all(Array.from({ length: 20 }, () => ground.gateways[0]!.answer({ person: "eva", answers }, { idempotencyKey: "order-1" })));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  const after = await ground.owner.query<{ count: number }>("SELECT count(*)::int AS count FROM ledger_entry");
  expect((after.rows[0]?.count ?? 0) - (before.rows[0]?.count ?? 0)).toBe(1);
  await expect(ground.gateways[0]!.answer({ person: "eva", answers: [{ token: questions[0]!.token, answer: "refused" }] }, { idempotencyKey: "order-1" })).rejects.toMatchObject({ status: 409, code: "idempotency-conflict" });
});
