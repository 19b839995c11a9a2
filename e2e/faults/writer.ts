// A client of the ledger in a process of its own, to be killed: sends requests as fast as it can, several at a time, and
// keeps a journal. Started again on the same journal it first sends what is in doubt again, under the same request ids.
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { inDoubt, Journal, readJournal } from "./journal";
import { command, type Report, type Subjects } from "./messages";
import { ask, newRequest, pick } from "./new-request";
import type { Request } from "./requests";
import { send } from "./send";

const callers = 12;
/** How often one request may fail before something else than a kill must be the reason. */
const patience = 40;

const [, , file] = process.argv;
if (file === undefined) throw new Error("name a journal");
const left = existsSync(file) ? [...readJournal(file).values()] : [];
const journal = new Journal(file);

let running = false;
let working: Promise<unknown> = Promise.resolve();
let lost: { until: Promise<void>; end: () => void } | null = null;

const tell = (report: Report) => void process.send?.(report);

process.on("disconnect", () => process.exit(0));
process.on("message", (message) => {
  const given = command.parse(message);
  if (given === "up") {
    lost?.end();
    lost = null;
  } else if (given === "pause") {
    running = false;
    void working.then(() => tell("idle"));
  } else if ("run" in given) {
    running = true;
    work(async () => {
      await settleWhatIsLeft();
      await Promise.all(Array.from({ length: callers }, () => goOn(given.run)));
    });
  } else {
    work(async () => {
      await settleWhatIsLeft();
      await Promise.all(given.perform.map(settle));
    });
  }
});
tell("ready");

function work(what: () => Promise<void>): void {
  working = working.then(what).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}

/** What the journal leaves in doubt; and the last few answers once more, which must come back as they were. */
async function settleWhatIsLeft(): Promise<void> {
  const stories = left.splice(0);
  const again = [...stories.filter(inDoubt), ...stories.filter((story) => story.acknowledged.length > 0 && isWritten(story.request)).slice(-4)];
  await Promise.all(again.map(({ request }) => settle(request)));
}

/** Taking back what was taken back already writes nothing, so it is judged afresh each time. */
const isWritten = (request: Request): boolean => request.kind !== "withdrawal";

async function goOn(subjects: Subjects): Promise<void> {
  while (running) {
    const { person, questions } = pick(subjects);
    // Now and then somebody opens the page again before answering.
    const fresh = randomInt(20) === 0 ? await unlessLost(() => ask(person, questions)) : questions;
    if (fresh) await settle(newRequest(person, fresh));
  }
}

/** Sends until there is an answer, yes or no. */
async function settle(request: Request): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    tell("sent");
    try {
      await send(journal, request);
      return tell("settled");
    } catch (error) {
      if (attempt === patience) throw error;
    }
    await databaseIsBack();
  }
}

async function unlessLost<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    await databaseIsBack();
    return null;
  }
}

function databaseIsBack(): Promise<void> {
  if (lost === null) {
    let end = () => {};
    lost = { until: new Promise((resolve) => (end = resolve)), end: () => end() };
    tell("lost");
  }
  return lost.until;
}
