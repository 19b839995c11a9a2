import { randomInt } from "node:crypto";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PlainError } from "@/lib/data/settings/plain-error";
import type { Household } from "@/lib/delivery/cli/household";
import { programOf } from "@/lib/delivery/cli/programs";
import type { BenchGround } from "./ground";
import { startMeasured } from "./measured-process";
import type { Seeded } from "./seed";
import { stateOf } from "./seed-people";
import { refOf } from "./seed-publications";
import { atMost, megabytes, seconds, told, whole, type Row } from "./table";

const rowsOfList = 1_000_000;
const rowsOfChunk = 1_000;

/** A mail room's list, sent and taken back as streams: how long it takes, and how much memory a gateway of its own needs for it. */
export async function measureList(household: Household, ground: BenchGround, seeded: Seeded): Promise<Row[]> {
  const gateway = await startMeasured(household, programOf("gateway", { ...ground, development: false }), `${ground.gateway}/v1/health`);
  // Code is compiled and connections are open before the clock runs.
  await cleanse(ground, seeded, 20_000);
  const [idle, before, began] = [await gateway.peak(), await gateway.used(), performance.now()];
  await cleanse(ground, seeded, rowsOfList);
  const took = (performance.now() - began) / 1_000;
  const [peak, used] = [await gateway.peak(), (await gateway.used()) - before];
  await gateway.stop();
  const what = `A list of ${whole(rowsOfList)} rows about ${whole(seeded.people)} people`;
  return [
    atMost(8, took, seconds, { what, beside: `${seconds(used / 1_000_000)} of Node's processor time` }),
    atMost(200_000_000, peak, megabytes, { what: "Most memory of the gateway meanwhile", beside: `${megabytes(idle)} after a list of 20,000 rows` }),
    told("Rows a second", whole(rowsOfList / took)),
  ];
}

/** @throws PlainError where another row comes back than must */
async function cleanse({ gateway }: BenchGround, { apiKey, big, people }: Seeded, rows: number): Promise<void> {
  const list = chosen(people, rows);
  const sent = request(`${gateway}/v1/lists/${big}/cleanse`, { method: "POST", headers: { authorization: `Bearer ${apiKey}`, "content-type": "text/csv" } });
  const reply = new Promise<Readable>((resolve, reject) => sent.once("error", reject).once("response", resolve));
  let kept = 0;
  const received = reply.then(async (body) => {
    for await (const chunk of body as AsyncIterable<Buffer>) for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) kept++;
  });
  await Promise.all([pipeline(Readable.from(list.chunks), sent), received]);
  if (kept !== list.permitted() + 1) throw new PlainError(`Of a list of ${whole(rows)} rows ${whole(kept)} came back, and not ${whole(list.permitted() + 1)}.`);
}

/** Rows about people at random, strangers among them, and how many of them permit the use. */
function chosen(people: number, rows: number) {
  let permitted = 0;
  async function* chunks() {
    yield "person,street,town\n";
    for (let from = 0; from < rows; from += rowsOfChunk) {
      const numbers = Array.from({ length: Math.min(rowsOfChunk, rows - from) }, () => randomInt(Math.ceil(people * 1.1)));
      permitted += numbers.filter((n) => n < people && stateOf(n) === "granted").length;
      yield numbers.map((n) => `${refOf(n)},"High Street ${n}",Springfield\n`).join("");
    }
  }
  return { chunks: chunks(), permitted: () => permitted };
}
