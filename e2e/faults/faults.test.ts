import { execFileSync } from "node:child_process";
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inStory } from "@/lib/data/ledger/write";
import { check, type Findings } from "./check";
import { prepareGround, type Ground } from "./ground";
import { Journal } from "./journal";
import { newRequest, pick } from "./new-request";
import type { Request } from "./requests";
import { send } from "./send";
import { Writers } from "./writers";

/** How many times something is killed: a few by default, 200 in the long form. */
const kills = Number(process.env["HANDSHAKE_KILLS"] ?? 6);

let ground: Ground;
let writers: Writers;
/** What this process asks for by itself. */
let journal: Journal;
beforeAll(async () => {
  ground = await prepareGround();
  writers = await Writers.start(ground.cluster, ground.subjects, 3);
  journal = new Journal(path.join(ground.cluster.folder, "test.journal"));
});
afterAll(async () => {
  await writers?.end();
  await ground?.remove();
});

/** Requests that write each time that they are new. */
function newRequests(count: number): Request[] {
  const made: Request[] = [];
  while (made.length < count) {
    const { person, questions } = pick(ground.subjects);
    const request = newRequest(person, questions);
    if (request.kind !== "withdrawal") made.push(request);
  }
  return made;
}

async function expectSound(): Promise<Findings> {
  const found = await ground.check();
  expect({ lost: found.lost, doubled: found.doubled, wrong: found.wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
  return found;
}

/** Kills it at once, and holds back whoever asks for it until it is there again. */
function killDatabase(what: "postmaster" | "everything"): Promise<void> {
  const { cluster } = ground;
  return (cluster.up = cluster.kill(what).then(() => cluster.comeBack()));
}

const targets = ["writer", "postmaster", "everything", "writer and everything", "writer", "writer and postmaster"] as const;

async function kill(target: (typeof targets)[number]): Promise<void> {
  const which = randomInt(writers.count);
  const database = target.includes("everything") ? killDatabase("everything") : target.includes("postmaster") ? killDatabase("postmaster") : null;
  if (target.includes("writer")) {
    await writers.kill(which);
    writers.comeBack(which);
  }
  await database;
}

describe("killed with kill -9 while clients write", () => {
  it("the database runs as it does in earnest", async () => {
    const [durable] = await ground.cluster.ask("handshake_app", "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits, current_setting('full_page_writes') AS pages");
    expect(durable).toEqual({ fsync: "on", commits: "on", pages: "on" });
  });

  it("nothing that was acknowledged is lost or doubled, and what was in doubt comes out one way", async () => {
    const began = Date.now();
    let found = await expectSound();
    writers.run();
    for (let killed = 1; killed <= kills; killed++) {
      await writers.events(randomInt(600));
      await kill(targets[killed % targets.length]!);
      if (killed % 20 !== 0 && killed !== kills) continue;
      await writers.pause();
      found = await expectSound();
      if (killed !== kills) writers.run();
    }
    const { entries, checkpoints, requests, acknowledged, wereInDoubt, writtenUnacknowledged, lost, doubled } = found;
    console.log(`${kills} kills in ${Math.round((Date.now() - began) / 1000)} s: ${requests} requests, ${acknowledged} acknowledged, ${wereInDoubt} were in doubt (${writtenUnacknowledged} of them written), ${entries} entries under ${checkpoints} checkpoints; ${lost.length} lost, ${doubled.length} doubled`);
    expect(acknowledged).toBeGreaterThan(kills);
    expect(wereInDoubt).toBeGreaterThan(0);
  }, 120_000 + kills * 30_000);

  it("the check sees an entry that is gone, one that is another, and one too many", async () => {
    const { stories, stored } = await ground.read();
    const short = { ...stored, entries: stored.entries.slice(0, -1) };
    // Who withdrew twice was acknowledged the same entry twice.
    const { lost } = check(stories, short, ground.before);
    expect(lost).not.toEqual([]);
    expect(lost.filter((what) => !what.endsWith(`acknowledged as entry ${short.entries.length}`))).toEqual([]);
    const [answered, ...others] = stories.filter(({ request, acknowledged }) => request.kind === "answers" && acknowledged.length > 0);
    const otherwise = { ...answered!, acknowledged: answered!.acknowledged.map((bytes) => bytes.replace(/"leaf":"[0-9a-f]{4}/, '"leaf":"beef')) };
    expect(check([otherwise, ...others], stored, ground.before).lost).toHaveLength(1);
    expect(check(stories.filter((story) => story !== answered), stored, ground.before).doubled.length).toBeGreaterThan(0);
    const twice = { ...answered!, acknowledged: [...answered!.acknowledged, "[]"] };
    expect(check([twice, ...others], stored, ground.before).doubled).toContain(`${answered!.request.id} was acknowledged in 2 ways`);
  });
});

describe("several processes with the same requests", () => {
  it.each([2, 3])("%i at once make one entry of each, and say the same", async (count) => {
    const requests = newRequests(60);
    await writers.perform(Array.from({ length: count }, () => requests));
    await expectSound();
    const { stories } = await ground.read();
    for (const { id } of requests) expect(stories.filter(({ request }) => request.id === id).flatMap(({ acknowledged }) => acknowledged)).toHaveLength(count);
  });

  it("also where the database is killed in the middle of it", async () => {
    const requests = newRequests(120);
    const performed = writers.perform([requests, requests, requests]);
    await writers.events(requests.length * 4);
    await killDatabase("everything");
    await performed;
    await expectSound();
  });
});

describe("with the clock set back", () => {
  it("no moment is before the one before it, in any process", async () => {
    const ahead = new Date(Date.now() + 2 * 60 * 60_000);
    await inStory(ahead, () => Promise.all(newRequests(3).map((request) => send(journal, request))));
    await writers.perform([newRequests(20), newRequests(20)]);
    await inStory(new Date("2001-01-01T00:00:00Z"), () => Promise.all(newRequests(20).map((request) => send(journal, request))));
    await expectSound();
    const last = (await ground.read()).stored.entries.slice(-60);
    expect(last.map(({ said }) => said.at).filter((at) => at < ahead.toISOString())).toEqual([]);
  });

  it("nor can one be put there past the door", async () => {
    const insert = ground.cluster.ask(
      "handshake_app",
      `INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, request_id)
       SELECT index + 1, 'test', '{}', sha256('\\x00'::bytea || '{}'), leaf, recorded_at - interval '1 ms', 'earlier' FROM ledger_entry ORDER BY index DESC LIMIT 1`,
    );
    await expect(insert).rejects.toThrow("does not follow");
    await expectSound();
  });
});

/** Sends requests one after the other until one fails; gives that one back. */
async function sendUntilFailure(next: () => Request): Promise<Request> {
  for (let sent = 0; sent < 500; sent++) {
    const request = next();
    const failed = await send(journal, request).then(() => false, () => true);
    if (failed) return request;
  }
  throw new Error("there was room for everything");
}

const mayLimitFiles = ((): boolean => {
  try {
    return execFileSync("prlimit", ["--version"]).length > 0;
  } catch {
    return false;
  }
})();

// A full disk is made of a limit to the size of files, which only Linux lets one set for a running server.
if (mayLimitFiles) describe("with a full disk", () => {
  const segment = 16 * 1024 * 1024;

  it("what does not fit is refused, the rest stays, and with room again everything goes on", async () => {
    await ground.cluster.limitFiles(segment);
    const failed = await sendUntilFailure(() => ({ kind: "act", id: randomUUID(), words: randomBytes(256 * 1024).toString("hex") }));
    await expect(send(journal, failed)).rejects.toThrow("too large");
    await ground.cluster.limitFiles(null);
    await send(journal, failed);
    await writers.perform([newRequests(10), newRequests(10)]);
    await expectSound();
  });

  it("not even the database's own log has room: it ends, and comes back with all that was acknowledged", async () => {
    await ground.cluster.limitFiles(64 * 1024);
    const failed = await sendUntilFailure(() => newRequests(1)[0]!);
    await killDatabase("everything");
    await send(journal, failed);
    await writers.perform([newRequests(10), newRequests(10)]);
    await expectSound();
  });
});

describe("the control", () => {
  it("with commits that do not wait for the disk, a power cut loses what was acknowledged, and the check sees it", async () => {
    const { cluster } = ground;
    await cluster.ask("postgres", "ALTER DATABASE handshake SET synchronous_commit = off");
    const [setting] = await cluster.ask("handshake_app", "SELECT current_setting('synchronous_commit') AS commits");
    expect(setting).toEqual({ commits: "off" });
    // A connection keeps the setting that it was opened with: these are opened anew.
    await killDatabase("everything");
    let [found, cuts] = [await expectSound(), 0];
    writers.run();
    while (found.lost.length === 0 && cuts < 20) {
      if (cuts > 0) for (let i = 0; i < writers.count; i++) writers.comeBack(i);
      await writers.events(randomInt(100, 400));
      // The clients go too: nothing is sent again before the check.
      await (cluster.up = cluster.kill("everything").then(() => writers.end()).then(() => cluster.comeBack()));
      found = await ground.check();
      cuts += 1;
    }
    console.log(`power cut ${cuts}: ${found.lost.length} acknowledged entries were lost; ${found.acknowledged} requests had been acknowledged`);
    expect(found.lost).not.toEqual([]);
  });
});
